// The page without a connection opens the talk as soon as there is one.
addEventListener("online", () => location.assign("/"));
