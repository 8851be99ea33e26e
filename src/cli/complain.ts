const LONGEST = 500;

/** One line without control characters, cut where it is very long. */
export function oneLine(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    const short = JSON.stringify(character).slice(1, -1);
    return short.length > 1 ? short : `\\u00${character.charCodeAt(0).toString(16)}`;
  });
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** Says on standard error, in one line, what is wrong. */
export function complain(text: string): void {
  process.stderr.write(`dyn: ${oneLine(text)}\n`);
}
