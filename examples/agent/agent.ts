import type { Compiled, Params } from "rnnc";

/** What is seen on the way: the sign (1 or 2), so many walls, the end of the corridor. */
export const corridor = (sign: 1 | 2, length: number): ReadonlyArray<number> => [sign, ...Array(length).fill(0), 3];

/** Learns from corridors that were walked rightly: what to do is known at the end of each, nowhere else. */
export const taught = ({ init, pack, trainer }: Compiled, steps = 300): Params => {
  const training = trainer(init(1));
  for (let step = 0; step < steps; step += 1) {
    const examples = Array.from({ length: 16 }, (_, i) => {
      const seen = corridor(i % 2 === 0 ? 1 : 2, 1 + ((step + i * 7) % 8));
      return { seen, turn: seen.map((sight) => (sight === 3 ? i % 2 : null)) };
    });
    training.step(pack(examples), { rate: 0.02, clip: 1 });
  }
  return training.params();
};

export interface Episode {
  readonly agent: number;
  readonly seen: ReadonlyArray<number>;
  readonly turn: number;
  readonly isRight: boolean;
}

/**
 * Agents side by side, each in corridors of its own: all take a step at a time, and whose episode is over begins the next
 * one with nothing remembered, while the others walk on.
 */
export const walked = (model: Compiled, params: Params, agents: number, episodes: number): ReadonlyArray<Episode> => {
  const { process, reset } = model.stream(params, { streams: agents });
  const [seen, p] = [new Uint8Array(agents), new Float32Array(2 * agents)];
  const done: Episode[] = [];
  const begin = (agent: number, number: number) => ({
    sign: (1 + ((agent + number) % 2)) as 1 | 2,
    way: corridor((1 + ((agent + number) % 2)) as 1 | 2, 1 + ((3 * agent + 5 * number) % 8)),
    at: 0,
    number,
  });
  const walks = Array.from({ length: agents }, (_, agent) => begin(agent, 0));
  while (done.length < episodes) {
    walks.forEach(({ way, at }, agent) => {
      seen[agent] = way[at]!;
    });
    process(seen, p, 1);
    walks.forEach((walk, agent) => {
      walk.at += 1;
      if (walk.at < walk.way.length) return;
      const turn = p[2 * agent]! > p[2 * agent + 1]! ? 0 : 1;
      done.push({ agent, seen: walk.way, turn, isRight: turn === walk.sign - 1 });
      reset(agent);
      walks[agent] = begin(agent, walk.number + 1);
    });
  }
  return done;
};
