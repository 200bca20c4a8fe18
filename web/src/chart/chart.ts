// The chart island: counts per day as steps, with uPlot. The table of the same counts stays folded below.
import uPlot from "uplot";
import { element, fetchJson, type Island } from "../island";
import { counted, spelt } from "../words";
import { dashes, readCounts } from "./series";

const HEIGHT = 150;

const island: Island = async (host, stage) => {
  const data = await fetchJson(host);
  const { seconds, series } = readCounts(data);
  if (seconds.length === 0) {
    stage.append(element("p", { class: "island-caption" }, "Nothing that fits is known to the day, so there is nothing to count by day."));
    return;
  }
  const frame = element("div", { class: "chart-frame", role: "img", "aria-label": `Chart of ${series.map((s) => s.name).join(", ")} per day` });
  stage.append(frame);
  const inexact = typeof data === "object" && data !== null && "inexact" in data && typeof data.inexact === "number" ? data.inexact : 0;
  if (inexact > 0) stage.append(element("p", { class: "island-caption" }, `${counted(inexact, "incident")} not known to the day ${inexact === 1 ? "is" : "are"} not counted here.`));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let plot: uPlot | undefined;
  const show = () => {
    plot?.destroy();
    const ink = getComputedStyle(frame).color;
    const faint = { stroke: ink, grid: { stroke: ink, width: 0.1 }, ticks: { stroke: ink, width: 0.2 }, font: "11px system-ui, sans-serif" };
    plot = new uPlot({
      width: Math.max(frame.clientWidth, 240),
      height: HEIGHT,
      padding: [8, 36, 0, 0],
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
      legend: { markers: { dash: (_, i) => (dashes(i - 1).length > 0 ? "dashed" : "solid"), width: 2 } },
      cursor: { y: false, drag: { x: true, y: false } },
      scales: { y: { range: (_, least, most) => [Math.min(0, least ?? 0), Math.max(1, most ?? 1) * 1.08] } },
      axes: [{ ...faint, values: "{YYYY}-{MM}-{DD}", space: 90 }, { ...faint, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] }],
      series: [{ label: "Day", value: "{YYYY}-{MM}-{DD}" }, ...series.map((s, i) => ({
        label: spelt(s.name), stroke: ink, width: 1.5, dash: dashes(i), points: { show: false },
        ...(uPlot.paths.stepped ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}),
      }))],
    }, [seconds, ...series.map((s) => s.values)], frame);
  };
  show();
  dark.addEventListener("change", show);
  new ResizeObserver(() => plot?.setSize({ width: Math.max(frame.clientWidth, 240), height: HEIGHT })).observe(stage);
  return () => { dark.removeEventListener("change", show); plot?.destroy(); };
};

export default island;
