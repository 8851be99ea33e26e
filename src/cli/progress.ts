import cliProgress from "cli-progress";

/** A progress bar on standard error, where that is a terminal. */
export interface ProgressBar {
  update(t: number): void;
  stop(): void;
}

export function startProgress(end: number): ProgressBar {
  const bar = new cliProgress.SingleBar({
    format: "t = {value} of {total} [{bar}] {percentage} % · {eta_formatted} left",
    stream: process.stderr,
    noTTYOutput: false,
    hideCursor: false,
    clearOnComplete: true,
    formatValue: (value, _options, type) =>
      type === "value" || type === "total" ? String(Number(value.toPrecision(3))) : String(value),
  });
  bar.start(end, 0);
  let shown = Date.now();
  return {
    update(t) {
      const now = Date.now();
      if (now - shown < 100) return;
      shown = now;
      bar.update(t);
      // the integration never yields, so the bar's own timer never fires
      bar.render();
    },
    stop: () => bar.stop(),
  };
}
