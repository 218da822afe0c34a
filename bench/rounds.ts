import { type Conversation, converse, type Introduction } from "./conversation.ts";
import type { Peer } from "./peers.ts";
import { newQuietTurns, type Quiet } from "./quiet.ts";
import { type Timing, timingOf } from "./statistics.ts";

/** How long to measure: all variants of all peers take their turn in every round, so that a drift hits each alike. */
export interface Plan {
  readonly rounds: number;
  /** Milliseconds; just-in-time compilers take seconds until they have compiled all of a training step at their best. */
  readonly warmUp: number;
  readonly milliseconds: number;
  /** Samples of a variant in a round. */
  readonly atLeast: number;
  /** After so long, a slow peer takes no part in further rounds. */
  readonly budget: number;
  /** What a turn is taken again for. */
  readonly quiet: Quiet;
}

export const thorough: Plan = {
  ...{ rounds: 5, warmUp: 3000, milliseconds: 300, atLeast: 4, budget: 20_000 },
  quiet: { slack: 1.05, patience: 60_000 },
};
export const quick: Plan = {
  ...{ rounds: 1, warmUp: 100, milliseconds: 100, atLeast: 1, budget: 3_000 },
  quiet: { slack: 1, patience: 0 },
};

/** What a peer came to: its introduction, and the timing of each of its variants. */
export interface Result {
  readonly peer: string;
  readonly introduction: Introduction;
  readonly variants: ReadonlyArray<{ readonly name: string; readonly timing: Timing }>;
  /** Why there is no variant, if there is none. */
  readonly failure: string;
}

export const measured = async (
  peers: ReadonlyArray<Peer>,
  taskFile: string,
  plan: Plan,
): Promise<ReadonlyArray<Result>> => {
  const conversations: Conversation[] = [];
  for (const peer of peers) conversations.push(await converse(peer, taskFile));
  const runners = conversations.flatMap(variantsOf);
  for (const runner of runners) {
    const warm = await turn(runner, { milliseconds: plan.warmUp, atLeast: 1, limit: plan.budget });
    runner.spent = warm.spent;
    // What is too slow for rounds is known by what it did to warm up.
    if (warm.spent > plan.budget) runner.samples.push(...warm.samples);
  }
  const limit = runners.find(({ name }) => name === "limit");
  const quietly = newQuietTurns(plan.quiet, async () =>
    limit === undefined
      ? []
      : limit.conversation.timings({ variant: "limit", milliseconds: 10, atLeast: 3, limit: 100 }),
  );
  for (let round = 0; round < plan.rounds; round += 1)
    for (const runner of runners) {
      const { few } = runner.conversation.peer;
      if (few && runner.spent > plan.budget) continue;
      const asked = { milliseconds: plan.milliseconds, atLeast: few ? 1 : plan.atLeast, limit: plan.budget };
      const { samples, spent } = await quietly(() => turn(runner, asked));
      runner.samples.push(...samples);
      runner.spent += spent;
    }
  for (const { end } of conversations) end();
  return conversations.map((conversation) => ({
    peer: conversation.peer.name,
    introduction: conversation.introduction,
    failure: conversation.failure(),
    variants: runners
      .filter((runner) => runner.conversation === conversation && runner.samples.length > 0)
      .map(({ name, samples }) => ({ name, timing: timingOf(samples) })),
  }));
};

interface Runner {
  readonly conversation: Conversation;
  readonly name: string;
  readonly samples: number[];
  spent: number;
}

const variantsOf = (conversation: Conversation): ReadonlyArray<Runner> => {
  const { introduction } = conversation;
  if (introduction.tag !== "ready") return [];
  return introduction.variants.map((name) => ({ conversation, name, samples: [], spent: 0 }));
};

const turn = async (
  runner: Runner,
  asked: { readonly milliseconds: number; readonly atLeast: number; readonly limit: number },
): Promise<{ readonly samples: ReadonlyArray<number>; readonly spent: number }> => {
  const from = performance.now();
  const samples = await runner.conversation.timings({ variant: runner.name, ...asked });
  return { samples, spent: performance.now() - from };
};
