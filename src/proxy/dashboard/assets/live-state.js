// A page that only looks live would be worse than one that does not: it says whether it is.
(() => {
  const words = {
    "htmx:sse:before:connection": ["waiting", "connecting"],
    "htmx:sse:after:connection": ["live", "live"],
    "htmx:sse:error": ["lost", "connection lost, trying again"],
    "htmx:sse:close": ["lost", "not live"],
  };
  for (const [name, [state, text]] of Object.entries(words)) {
    document.addEventListener(name, () => {
      const place = document.getElementById("live-state");
      if (!place) return;
      place.dataset.state = state;
      place.textContent = text;
    });
  }
})();
