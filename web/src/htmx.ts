// How htmx is set for the desk. It reads this from the page as soon as it is loaded, so it has to stand there before.
const settings = {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  // Words of reports are not left behind in the browser's storage: going back asks the desk again.
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  defaultSettleDelay: 0,
  // A fault is shown as the page that tells of it.
  responseHandling: [{ code: "[23]..", swap: true }, { code: "[45]..", swap: true, target: "#main", select: "#main", swapOverride: "outerHTML" }],
};

const meta = document.createElement("meta");
meta.name = "htmx-config";
meta.content = JSON.stringify(settings);
document.head.append(meta);

export {};
