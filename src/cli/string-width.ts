/**
 * Stands in for the package of this name inside the bundled command: the help text has neither wide
 * characters nor colours, and the tables of Unicode widths take a third of the start-up.
 */
export default function stringWidth(text: string): number {
  return text.length;
}
