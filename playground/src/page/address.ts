import { hashOf, type Linked } from "../link.ts";

/** After so many milliseconds without a change the address takes it: browsers refuse to change it much more often. */
const pause = 200;

/** The page's address, which holds what is worked on: so it is there when the page is loaded anew, and can be sent. */
export interface Address {
  readonly soon: () => void;
  readonly now: () => Promise<void>;
  /** What was to be put there is not: one followed another link meanwhile. */
  readonly forget: () => void;
}

export const newAddress = (linked: () => Linked): Address => {
  let clock: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const forget = (): void => {
    clearTimeout(clock);
    last += 1;
  };
  const now = async (): Promise<void> => {
    forget();
    const own = last;
    const hash = await hashOf(linked());
    if (own === last) history.replaceState(null, "", hash);
  };
  return {
    soon: () => {
      forget();
      clock = setTimeout(() => void now(), pause);
    },
    now,
    forget,
  };
};
