/** Greek letters and their names, which TeX, C, Python and ONNX spell out. */
export const greekLetters: ReadonlyArray<readonly [sign: string, word: string]> = [
  "αalpha βbeta γgamma δdelta εepsilon ζzeta ηeta θtheta ιiota κkappa λlambda μmu νnu ξxi πpi ρrho",
  "σsigma τtau υupsilon φphi χchi ψpsi ωomega",
  "ΓGamma ΔDelta ΘTheta ΛLambda ΞXi ΠPi ΣSigma ΥUpsilon ΦPhi ΨPsi ΩOmega",
]
  .flatMap((letters) => letters.split(" "))
  .map((letter) => [letter.slice(0, 1), letter.slice(1)]);
