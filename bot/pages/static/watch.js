// Asks for news: every few seconds while staff serve the conversation and the page is seen, and at once when it is seen again.

const PACES = [[3 * 60e3, 5e3], [15 * 60e3, 15e3], [Infinity, 60e3]]; // up to so long after the last event, so often

// `ask()` fetches and shows what is new; it resolves to whether anything was.
export function openWatch(ask) {
  let serving = false;
  let asking = false;
  let since = 0;
  let timer = 0;

  function plan(wait = 0) {
    clearTimeout(timer);
    if (!serving || asking || document.hidden) return;
    const [, pace] = PACES.find(([until]) => Date.now() - since < until);
    timer = setTimeout(look, Math.max(pace, wait));
  }

  async function look() {
    if (asking) return;
    clearTimeout(timer);
    asking = true;
    let wait = 0;
    try {
      if (await ask()) since = Date.now();
    } catch (failure) {
      wait = (failure.wait || 0) * 1000;
    }
    asking = false;
    plan(wait);
  }

  document.addEventListener("visibilitychange", () => {
    since = Date.now();
    if (document.hidden) clearTimeout(timer);
    else look();
  });

  return {
    look,
    serve(now) {
      serving = now;
      since = Date.now();
      plan();
    },
  };
}
