// The select island: selecting words of a report offers to use them in the claim form, or, on a page without one, to link to
// them. The text itself is left as it is.
//
// The form has inputs named span_start and span_end (bytes, half-open) and an <output> that shows the words. The text stands
// in [data-text] inside the island, or is the island; `data-bytes` on it gives its length, so that a text which the browser
// has changed (line ends, for one) is noticed and nothing wrong is filled in. `data-cite` is the path of the report, for links.
import { ownPath } from "../address";
import { button, type Island } from "../island";
import { bytes, span, type Span } from "./offsets";

const island: Island = async (host, stage) => {
  // The report stays where it is; only a button is added.
  stage.dataset.keep = "";
  const text = host.querySelector<HTMLElement>("[data-text]") ?? host;
  const form = findForm(host);
  const cite = ownPath(host.dataset.cite);
  if (!form && !cite) throw new Error("neither a claim form nor an address to link to");
  stage.remove();
  const whole = text.textContent ?? "";
  const expected = text.dataset.bytes ?? host.dataset.bytes;
  if (expected !== undefined && bytes(whole) !== Number(expected)) throw new Error("the browser has changed the text; offsets would be wrong");

  let found: Span | undefined;
  const press = () => {
    use.hidden = true;
    if (found && form) fill(form, found);
    else if (found && cite) location.assign(`${cite}?at=${found.start}-${found.end}#s${found.start}-${found.end}`);
  };
  const use = form ? button("Use these words", "Use these words in the claim", press) : button("Link to these words", "Link to these words", press);
  use.className = "island-use";
  use.hidden = true;
  document.body.append(use);
  // The press must not clear the selection before it is used.
  use.addEventListener("mousedown", (event) => event.preventDefault());

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const range = selection && selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0) : undefined;
    found = range && text.contains(range.commonAncestorContainer) ? selected(text, whole, range) : undefined;
    use.hidden = !found;
    if (found && range) {
      const box = range.getBoundingClientRect();
      use.style.left = `${Math.max(4, Math.min(box.left, innerWidth - 160)) + scrollX}px`;
      use.style.top = `${box.bottom + scrollY + 4}px`;
    }
  });
};

function selected(text: HTMLElement, whole: string, range: Range): Span | undefined {
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return span(whole, start, start + range.toString().length);
}

function findForm(host: HTMLElement): HTMLFormElement | undefined {
  const named = host.dataset.form ? document.getElementById(host.dataset.form) : null;
  const form = named ?? document.querySelector("[name=span_start]")?.closest("form");
  return form instanceof HTMLFormElement ? form : undefined;
}

function fill(form: HTMLFormElement, { start, end, words }: Span): void {
  const set = (name: string, value: string) => {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  set("span_start", String(start));
  set("span_end", String(end));
  set("span_quote", words);
  const output = form.querySelector("output");
  if (output) output.textContent = words;
  for (let folded = form.closest("details"); folded; folded = folded.parentElement?.closest("details") ?? null) folded.open = true;
  const next = form.querySelector<HTMLElement>("select, input:not([type=hidden]), textarea");
  (next ?? form).focus();
}

export default island;
