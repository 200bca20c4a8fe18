// The entry, under a fixed name that pages link with a version behind it. It only starts the rest, whose names carry their
// hashes: nothing else may import this file, or a browser would load it a second time without the version.
import "./islands.css";

void import("./start");
