import * as E from "fp-ts/lib/Either.js";
import { identifierOf } from "../../mangle.ts";
import { nearest } from "../../syntax/nearest.ts";
import type { TorchParameter } from "./answers.ts";
import { isSameShape, type Link, type NamedShape, shapeText, sizeOf, wholeLink } from "./links.ts";
import { linkOf, readParts } from "./written-map.ts";

/** What is to be matched, and what is said or known of it. */
export interface Matching {
  readonly parameters: ReadonlyArray<NamedShape>;
  readonly tensors: ReadonlyArray<TorchParameter>;
  /** By path, what the user says that it is. */
  readonly maps: Readonly<Record<string, string>>;
  readonly sizes: Readonly<Record<string, number>>;
  /** Links that need no names, for the parameters and tensors that are left; or why there are none. */
  readonly layers: (
    parameters: ReadonlyArray<NamedShape>,
    tensors: ReadonlyArray<NamedShape>,
  ) => E.Either<ReadonlyArray<string>, ReadonlyArray<Link>>;
}

/**
 * Which tensor each parameter is: what is said; then what has the same name; then recurrent layers; then what is alike but for
 * dots, underscores, case and a last `.weight`. On the left all that is left over on either side, and what was said in vain.
 */
export const matched = (asked: Matching): E.Either<ReadonlyArray<string>, ReadonlyArray<Link>> => {
  const said = sayings(asked);
  if (E.isLeft(said)) return said;
  const equal = [...said.right, ...byNames(asked, said.right, (name) => name)];
  const layers = asked.layers(parametersLeft(asked, equal), tensorsLeft(asked, equal));
  const layered = E.isLeft(layers) ? equal : [...equal, ...layers.right];
  const all = alikes.reduce((links, spelling) => links.concat(byNames(asked, links, spelling)), layered);
  const left = [...claimedTwice(asked, all), ...leftOver(asked, all)];
  if (left.length === 0) return E.right(all);
  return E.left([...left, ...(E.isLeft(layers) ? layers.left : [])]);
};

const plain = (name: string): string =>
  name.split(".").map(identifierOf).join("").replaceAll(/[._]/g, "").toLowerCase();

const alikes: ReadonlyArray<(name: string) => string> = [plain, (name) => plain(name.replace(/\.weight$/, ""))];

const sayings = ({
  parameters,
  tensors,
  maps,
  sizes,
}: Matching): E.Either<ReadonlyArray<string>, ReadonlyArray<Link>> => {
  const results = Object.entries(maps).map(([one, other]): E.Either<string, Link> => {
    const [path, text] = theRightWay(one, other, parameters, tensors);
    const parameter = parameters.find(({ name }) => name === path);
    return parameter === undefined
      ? E.left(
          `--map ${path}=${text}: the model has no parameter ${path}; it has ${parameters.map(shapeText).join(", ") || "none"}`,
        )
      : linkOf(parameter, text, tensors, sizes);
  });
  const wrong = results.flatMap((result) => (E.isLeft(result) ? [result.left] : []));
  return wrong.length > 0
    ? E.left(wrong)
    : E.right(results.flatMap((result) => (E.isRight(result) ? [result.right] : [])));
};

/** Said the other way round, `NAME=PATH`, where only that names tensors and a parameter. */
const theRightWay = (
  one: string,
  other: string,
  parameters: ReadonlyArray<NamedShape>,
  tensors: ReadonlyArray<NamedShape>,
): readonly [path: string, text: string] => {
  const isParameter = (text: string): boolean => parameters.some(({ name }) => name === text);
  const parts = readParts(one) ?? [];
  const areTensors = parts.length > 0 && parts.every((part) => tensors.some(({ name }) => name === part.tensor));
  if (isParameter(one) || !areTensors) return [one, other];
  if (isParameter(other)) return [other, one];
  const plain = other.replace(/\.T$/, "");
  return isParameter(plain) ? [plain, one.endsWith(".T") ? one.slice(0, -2) : `${one}.T`] : [one, other];
};

const parametersLeft = ({ parameters }: Matching, links: ReadonlyArray<Link>): ReadonlyArray<NamedShape> =>
  parameters.filter(({ name }) => !links.some(({ path }) => path === name));

const tensorsLeft = ({ tensors }: Matching, links: ReadonlyArray<Link>): ReadonlyArray<TorchParameter> => {
  const taken = new Set(links.flatMap(({ parts }) => parts.map(({ tensor }) => tensor)));
  return tensors.filter(({ name }) => !taken.has(name));
};

/** Names that are one in a spelling, where neither side has two of them, and the shapes are the same. */
const byNames = (
  asked: Matching,
  links: ReadonlyArray<Link>,
  spelling: (name: string) => string,
): ReadonlyArray<Link> => {
  const parameters = parametersLeft(asked, links);
  const tensors = tensorsLeft(asked, links);
  const only = <A extends NamedShape>(all: ReadonlyArray<A>, spelled: string): A | undefined => {
    const found = all.filter(({ name }) => spelling(name) === spelled);
    return found.length === 1 ? found[0] : undefined;
  };
  return parameters.flatMap((parameter) => {
    const spelled = spelling(parameter.name);
    const tensor = only(tensors, spelled);
    return only(parameters, spelled) === undefined ||
      tensor === undefined ||
      !isSameShape(tensor.shape, parameter.shape)
      ? []
      : [{ ...wholeLink(parameter.name, tensor), shape: parameter.shape }];
  });
};

/** How often each element of a tensor is a part of a parameter. */
const claimsOn = ({ name, shape }: NamedShape, links: ReadonlyArray<Link>): Uint8Array => {
  const claims = new Uint8Array(sizeOf(shape));
  for (const { parts } of links)
    for (const { tensor, places } of parts) if (tensor === name) for (const place of places) claims[place]! += 1;
  return claims;
};

const claimedTwice = ({ tensors }: Matching, links: ReadonlyArray<Link>): ReadonlyArray<string> =>
  tensors.flatMap((tensor) =>
    claimsOn(tensor, links).every((count) => count < 2)
      ? []
      : [
          `${shapeText(tensor)} is taken twice: by ${links
            .filter(({ parts }) => parts.some((part) => part.tensor === tensor.name))
            .map(({ path }) => path)
            .join(" and ")}`,
        ],
  );

const leftOver = (asked: Matching, links: ReadonlyArray<Link>): ReadonlyArray<string> => {
  const parameters = parametersLeft(asked, links);
  const tensors = tensorsLeft(asked, links).filter(({ kind }) => kind !== "buffer");
  const partly = asked.tensors.flatMap((tensor) => {
    const claims = claimsOn(tensor, links);
    const isTouched = claims.some((count) => count > 0);
    if (!isTouched || claims.every((count) => count > 0) || tensor.kind === "buffer") return [];
    return [`of ${shapeText(tensor)} ${unclaimed(tensor, claims)} (from 0) are no parameter of the model`];
  });
  return [
    ...parameters.map(
      (parameter) => `the model's ${shapeText(parameter)} is no tensor of the module${proposal(parameter, tensors)}`,
    ),
    ...tensors.map((tensor) => `the module's ${shapeText(tensor)} is no parameter of the model`),
    ...partly,
  ];
};

/** The rows in which nobody has a part of all elements; where these are all rows, the columns. */
const unclaimed = ({ shape }: NamedShape, claims: Uint8Array): string => {
  const [height = 1, width = 1] = shape;
  const across = sizeOf(shape.slice(1));
  const free = [...claims.keys()].filter((place) => claims[place] === 0);
  const told = (places: ReadonlyArray<number>): string => [...new Set(places)].join(", ");
  const rows = told(free.map((place) => Math.floor(place / across)));
  return shape.length === 2 && rows === told([...Array(height).keys()])
    ? `the columns ${told(free.map((place) => place % width).sort((a, b) => a - b))}`
    : `the rows ${rows}`;
};

/** The nearest by its name, and what has the same shape, or the same the other way round. */
const proposal = (parameter: NamedShape, tensors: ReadonlyArray<NamedShape>): string => {
  const { name, shape } = parameter;
  const near = nearest(
    name,
    tensors.map((tensor) => tensor.name),
  );
  const same = tensors.filter((tensor) => isSameShape(tensor.shape, shape)).map((tensor) => tensor.name);
  const flipped = tensors
    .filter(
      (tensor) =>
        shape.length === 2 && !isSameShape(tensor.shape, shape) && isSameShape(tensor.shape.toReversed(), shape),
    )
    .map((tensor) => `${tensor.name}.T`);
  const blocks = tensors.flatMap(({ name: tensor, shape: [rows = 0, ...others] }) =>
    [3, 4, 2].flatMap((count) =>
      rows === count * (shape[0] ?? 1) && isSameShape([shape[0] ?? 1, ...others], shape)
        ? [`${tensor}[1/${count}]`]
        : [],
    ),
  );
  const likely = [...new Set([...same.filter((one) => one === near), ...same, ...flipped, ...blocks])].slice(0, 3);
  return likely.length === 0 ? "" : `: perhaps ${likely.map((one) => `--map ${name}=${one}`).join(", or ")}`;
};
