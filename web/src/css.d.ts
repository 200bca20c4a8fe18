// Style sheets are imported for their effect; Vite puts them into islands.css.
declare module "*.css";
