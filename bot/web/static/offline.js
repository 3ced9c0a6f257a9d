// The page without a connection opens the talk as soon as there is one: "online" alone is said too early.
const look = () => fetch("/offline", { cache: "no-store" }).then((answer) => answer.ok && location.assign("/"), () => {});
addEventListener("online", look);
setInterval(look, 3000);
