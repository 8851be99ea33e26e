import { describe, expect, it } from "vitest";
import { setValue } from "../../src/scenario/set-value.js";

const apply = (assignment: string) => {
  const content = { training: { learningRate: 1 }, data: { spikes: [1, 2] } };
  setValue(content, assignment);
  return content;
};

describe("--set", () => {
  it.each([
    ["training.learningRate=2", { training: { learningRate: 2 }, data: { spikes: [1, 2] } }],
    ["data.spikes[1]=0.5", { training: { learningRate: 1 }, data: { spikes: [1, 0.5] } }],
    ["data.spikes.0=3", { training: { learningRate: 1 }, data: { spikes: [3, 2] } }],
    ["data.spikes[2]=3", { training: { learningRate: 1 }, data: { spikes: [1, 2, 3] } }],
    ["data.spikes=[7]", { training: { learningRate: 1 }, data: { spikes: [7] } }],
    ["a.b=x", { training: { learningRate: 1 }, data: { spikes: [1, 2] }, a: { b: "x" } }],
    ["title=a=b", { training: { learningRate: 1 }, data: { spikes: [1, 2] }, title: "a=b" }],
  ])("%s", (assignment, expected) => {
    expect(apply(assignment)).toEqual(expected);
  });

  it.each([
    ["learningRate", "expected path=value"],
    ["=1", "expected path=value"],
    ["a..b=1", "expected path=value"],
    ["__proto__.x=1", "expected path=value"],
    ["training.learningRate.x=1", "training.learningRate has no parts to set"],
    ["data.spikes[9]=1", "data.spikes has elements 0 to 1"],
    ["data.spikes.first=1", "data.spikes has elements 0 to 1"],
  ])("%s is refused", (assignment, message) => {
    expect(() => apply(assignment)).toThrow(message);
  });
});
