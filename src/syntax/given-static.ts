/** How messages write that a static parameter is given a value: as the command line takes it. */
export const givenStatic = (name: string, value: number | string): string => `\`--set ${name}=${value}\``;

/** A message for a place that takes such values otherwise: `say` is given `name=value`. */
export const withGivenStatics = (message: string, say: (assignment: string) => string): string =>
  message.replaceAll(/`--set ([^`]+)`/g, (_, assignment) => say(assignment));
