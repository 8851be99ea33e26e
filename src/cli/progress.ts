import cliProgress from "cli-progress";

/** A progress bar on standard error, where that is a terminal. */
export interface ProgressBar {
  update(value: number, label: string): void;
  stop(): void;
}

/** @param total value at which the work is done */
export function startProgress(total: number, label: string): ProgressBar {
  const bar = new cliProgress.SingleBar({
    format: "{label} [{bar}] {percentage} % · {eta_formatted} left",
    stream: process.stderr,
    noTTYOutput: false,
    hideCursor: false,
    clearOnComplete: true,
    etaBuffer: 50,
  });
  bar.start(total, 0, { label });
  let shown = Date.now();
  return {
    update(value, text) {
      const now = Date.now();
      if (now - shown < 100) return;
      shown = now;
      bar.update(value, { label: text });
      // work that never yields keeps the bar's own timer from firing
      bar.render();
    },
    stop: () => bar.stop(),
  };
}
