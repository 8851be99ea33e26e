/** The part of odex 2.0.4 that is used; the package ships its source without declarations. */
export enum Outcome {
  Converged = 0,
  MaxStepsExceeded = 1,
  EarlyReturn = 2,
}

export class Solver {
  constructor(n: number);
  absoluteTolerance: number;
  relativeTolerance: number;
  initialStepSize: number;
  /** 0: the whole interval */
  maxStepSize: number;
  maxSteps: number;
  denseOutput: boolean;
  maxExtrapolationColumns: number;

  solve(
    f: (x: number, y: number[]) => ArrayLike<number>,
    x: number,
    y0: number[],
    xEnd: number,
    solOut: (
      n: number,
      xOld: number,
      x: number,
      y: number[],
      dense?: (component: number, x: number) => number,
    ) => boolean,
  ): { outcome: Outcome; y: number[]; nStep: number };
}
