// The choice of how disputed borders are drawn. It is kept in the page's address.

export const VIEWS = [
  { id: "neutral", label: "Neutral: disputed borders dashed" },
  { id: "held", label: "As held: every border solid" },
  { id: "agreed", label: "Agreed borders only" },
  { id: "none", label: "No borders" },
] as const;

export type View = (typeof VIEWS)[number]["id"];

/** Which view an address asks for; the neutral one if it asks for none that is known. */
export function viewOf(word: string): View {
  return VIEWS.find((v) => v.id === word)?.id ?? "neutral";
}

/** How each sort of border is drawn in a view. */
export function lines(view: View): { agreed: boolean; disputed: "dashed" | "solid" | "hidden" } {
  return {
    agreed: view !== "none",
    disputed: view === "neutral" ? "dashed" : view === "held" ? "solid" : "hidden",
  };
}
