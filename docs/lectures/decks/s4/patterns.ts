import { typeTwoIsWeaker } from "../../../../examples/claims/structure.ts";
import type { Chapter } from "../../lecture.ts";
import { equations, recurrence } from "../../parts/derivations.ts";
import { claimed } from "../../parts/findings.ts";
import { circuit, unfolded } from "../../parts/pictures.ts";
import { starterProgram } from "../../parts/trained.ts";
import { written } from "../../programs.ts";

const threeSteps = { lengths: { T: 3 } };
const [one, two, three] = ["type-one", "type-two", "type-three"].map(starterProgram);

/** The lines of the slide, with its names. */
const updates = written(`
model Updates(k = 2, n = 4, m = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param W, U, V
  param b, c = 0
  h[0] = 0
  a[t] = b + W h[t-1] + U x[t]
  h[t] : R[n] = tanh(a[t])
  o[t] : R[m] = c + V h[t]
  output ŷ[t] = softmax(o[t])
  y[t] ~ categorical(ŷ[t])
}`);

export const patterns: Chapter = {
  title: "Design patterns and teacher forcing",
  figures: [
    {
      name: "type-one",
      title: "Type I: an output at each step, hidden to hidden",
      slide: "Design Patterns",
      rows: ["128"],
      words: [
        "The compiler names the type by looking for circles: those that pass a hidden unit, and those that only close where an output is fed back.",
      ],
      exhibits: [
        {
          program: one!,
          opens: { starter: "type-one", view: "circuit" },
          parts: [recurrence, circuit(), unfolded(threeSteps)],
        },
      ],
    },
    {
      name: "type-two",
      title: "Type II: an output at each step, output to hidden",
      slide: "Design Patterns",
      rows: ["129"],
      words: ["The only way from one step to the next leads through the output."],
      exhibits: [
        {
          program: two!,
          opens: { starter: "type-two", view: "circuit" },
          parts: [recurrence, circuit(), unfolded(threeSteps)],
        },
      ],
    },
    {
      name: "type-three",
      title: "Type III: one output, hidden to hidden",
      slide: "Design Patterns",
      rows: ["130"],
      words: ["The sequence is read to its end, and one answer given."],
      exhibits: [
        {
          program: three!,
          opens: { starter: "type-three", view: "circuit" },
          parts: [recurrence, circuit(), unfolded(threeSteps)],
        },
      ],
    },
    {
      name: "update-functions",
      title: "Update functions and the loss",
      slide: "Update Functions, Loss Function",
      rows: ["2", "55", "70"],
      words: [
        "The four lines of the slide are four lines of the program. The loss is not written: y ~ categorical(ŷ) says whose probability is to be great, and the compiler makes −log of it.",
      ],
      formulas: String.raw`\mathbf{a}^{(t)} &= \mathbf{b} + \mathbf{W} \mathbf{h}^{(t-1)} + \mathbf{U} \mathbf{x}^{(t)} \\ \mathbf{h}^{(t)} &= \tanh(\mathbf{a}^{(t)}) \\ \mathbf{o}^{(t)} &= \mathbf{c} + \mathbf{V} \mathbf{h}^{(t)} \\ \hat{\mathbf{y}}^{(t)} &= \text{softmax}(\mathbf{o}^{(t)}) \\ L &= \sum_t L^{(t)} = -\sum_t \log p_{\text{model}}(y^{(t)} | \mathbf{x}^{(1)}, …, \mathbf{x}^{(t)})`,
      exhibits: [{ program: updates, opens: { view: "equations" }, parts: [equations()] }],
    },
    {
      name: "teacher-forcing",
      title: "Teacher forcing: in training the correct output, in use the model's own",
      slide: "Teacher Forcing",
      rows: ["76", "77", "115"],
      words: [
        "One program, two graphs. In training y is given and read back; running freely, what is drawn is read back. Of type II nothing waits for the step before once y is given: its steps are decoupled and can be computed at once.",
      ],
      exhibits: [
        {
          program: two!,
          opens: { starter: "type-two", view: "unfolded" },
          parts: [
            recurrence,
            unfolded(
              { ...threeSteps, fed: "both" },
              "Left as it is trained, right as it runs freely. Dark is what is given, L the loss.",
            ),
          ],
        },
      ],
    },
    {
      name: "strictly-less-powerful",
      title: "Type II is strictly less powerful",
      slide: "Teacher Forcing",
      rows: ["116"],
      words: [
        "What no output tells of the past, type II cannot remember: it is asked for the input before the last, which its outputs do not show in time.",
      ],
      exhibits: [
        { program: one!, caption: "Type I", opens: { starter: "type-one", view: "training" }, parts: [] },
        { program: two!, caption: "Type II", opens: { starter: "type-two", view: "training" }, parts: [] },
      ],
      together: [claimed(typeTwoIsWeaker)],
    },
  ],
};
