// The map's colours, for light and dark. One ink for every mark: no side has a colour.

export interface Colours { water: string; land: string; coast: string; border: string; disputed: string; name: string; halo: string; mark: string; rim: string }

const LIGHT: Colours = {
  water: "#e4e7e8", land: "#f7f5ef", coast: "#9aa0a0", border: "#8d8a82", disputed: "#6d6a62",
  name: "#5e5b54", halo: "#f7f5ef", mark: "#5b3f7a", rim: "#ffffff",
};
const DARK: Colours = {
  water: "#14171a", land: "#23262a", coast: "#565c62", border: "#6a7077", disputed: "#8f959c",
  name: "#a9aeb4", halo: "#23262a", mark: "#c9b3e6", rim: "#14171a",
};

export const darkQuery = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

export const colours = (dark: boolean): Colours => (dark ? DARK : LIGHT);
