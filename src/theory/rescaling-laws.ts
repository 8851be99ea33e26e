/**
 * How one aligned sigmoidal neuron rescales as t → ∞ (theory §6): with s = 4ηt/π
 *
 *     α_w → (ρ³ s)^{-1/6},   α_v → √(π/2) (ρ³ s)^{1/6},   excess pmse → (ρ/6) s^{-2/3}
 */
export interface RescalingLaws {
  encoder(t: number): number;
  decoder(t: number): number;
  /** pmse above the PCA error */
  excess(t: number): number;
}

/**
 * @param rho rho tilde of the neuron's component
 * @param eta learning rate η
 */
export function rescalingLaws(rho: number, eta: number): RescalingLaws {
  const s = (t: number) => (4 * eta * t) / Math.PI;
  return {
    encoder: (t) => (rho ** 3 * s(t)) ** (-1 / 6),
    decoder: (t) => Math.sqrt(Math.PI / 2) * (rho ** 3 * s(t)) ** (1 / 6),
    excess: (t) => (rho / 6) * s(t) ** (-2 / 3),
  };
}
