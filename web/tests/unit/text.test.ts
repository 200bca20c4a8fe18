// Offsets of selected words, and text that may not change what stands around it.
import { expect, test } from "vitest";
import { ownPath, sourceNow, withParam } from "../../src/address";
import { dashes, readCounts } from "../../src/chart/series";
import { bytes, span, tidy } from "../../src/select/offsets";
import { counted, shown, spelt } from "../../src/words";

test("bytes are those of UTF-8", () => {
  for (const text of ["", "abc", "é", "ایک", "“x”", "🙂", "a🙂b", "\u0000", "\ud800", "x\udc00"]) {
    expect(bytes(text)).toBe(new TextEncoder().encode(text).length);
  }
});

test("a selection becomes a span of bytes around whole characters", () => {
  const text = "On “Monday” 🙂 ایک  died";
  const at = text.indexOf("ایک");
  expect(span(text, at - 1, at + 4)).toEqual({ start: bytes(text.slice(0, at)), end: bytes(text.slice(0, at)) + 6, words: "ایک" });
  const smile = text.indexOf("🙂");
  expect(span(text, smile + 1, smile + 2)?.words).toBe("🙂");
  expect(tidy("  ab ", 5, 0)).toEqual({ start: 2, end: 4 });
  expect(span("   ", 0, 3)).toBeUndefined();
});

test("text that turns or hides is spelt out, and stays by itself", () => {
  expect(spelt("a\u202eb\u0007c")).toBe("a<U+202E>b<U+0007>c");
  expect(shown("שלום")).toBe("\u2068שלום\u2069");
  expect(spelt("<script>&\"'")).toBe("<script>&\"'");
  expect([counted(1, "incident"), counted(20_000, "incident")]).toEqual(["1 incident", "20,000 incidents"]);
});

test("addresses keep what others put there", () => {
  expect(withParam("http://x/explorer?kind=raid&between=A&between=B", "borders", "held")).toBe("http://x/explorer?kind=raid&between=A&between=B&borders=held");
  expect(withParam("http://x/e?borders=held&q=1", "borders", "")).toBe("http://x/e?q=1");
  expect(ownPath("/a")).toBe("/a");
  expect(ownPath("//a")).toBeUndefined();
});

test("counts are checked; what is not known is a gap", () => {
  expect(readCounts({ days: ["1970-01-02"], series: [{ name: "x", values: [null] }] })).toEqual({ seconds: [86_400, 172_800], series: [{ name: "x", values: [null, 0] }] });
  const gap = readCounts({ days: ["1970-01-01", "1970-01-02", "1970-01-10"], series: [{ name: "x", values: [3, 2, 1] }] });
  expect(gap.seconds.map((s) => s / 86_400)).toEqual([0, 1, 2, 8, 9, 10]);
  expect(gap.series[0]?.values).toEqual([3, 2, 0, 0, 1, 0]);
  expect(readCounts({ days: [], series: [] }).seconds).toEqual([]);
  for (const bad of [null, {}, { days: ["x"], series: [] }, { days: ["2024-01-01"], series: [{ values: [1, 2] }] }]) expect(() => readCounts(bad)).toThrow();
  expect(dashes(0)).not.toEqual(dashes(1));
});

test("an island's source follows what the page filters, and nothing else", () => {
  expect(sourceNow("/api/v1/marks", "?kind=raid&from=")).toBe("/api/v1/marks?kind=raid");
  expect(sourceNow("/api/v1/marks?kind=raid", "")).toBe("/api/v1/marks");
  expect(sourceNow("/api/v1/marks?kind=raid&q=x", "?q=x&kind=raid&after=50&at=1,2,3&borders=held&days=")).toBeUndefined();
  expect(sourceNow("/api/v1/days", "?between=B&between=A&q=a+%26+b")).toBe("/api/v1/days?between=B&between=A&q=a+%26+b");
});
