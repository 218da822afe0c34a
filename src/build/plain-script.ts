import ts from "typescript";

/**
 * A JavaScript file as part of a larger script: without imports, exports and comments. What it declares keeps its name,
 * and its code is what was written.
 */
export const plainScript = (source: string, name: string): string => {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS);
  const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });
  return file.statements
    .filter((statement) => !ts.isImportDeclaration(statement))
    .map((statement) => indentedByTwo(printer.printNode(ts.EmitHint.Unspecified, withoutExport(statement), file)))
    .join("\n");
};

/** A declaration that is exported, as one that is not. */
const withoutExport = (statement: ts.Statement): ts.Statement => {
  const { factory } = ts;
  if (ts.isFunctionDeclaration(statement))
    return factory.updateFunctionDeclaration(
      statement,
      unexported(statement.modifiers),
      statement.asteriskToken,
      statement.name,
      statement.typeParameters,
      statement.parameters,
      statement.type,
      statement.body,
    );
  if (ts.isVariableStatement(statement))
    return factory.updateVariableStatement(statement, unexported(statement.modifiers), statement.declarationList);
  return statement;
};

const unexported = <M extends ts.ModifierLike>(modifiers: ts.NodeArray<M> | undefined): ReadonlyArray<M> =>
  modifiers?.filter(({ kind }) => kind !== ts.SyntaxKind.ExportKeyword) ?? [];

/** The printer indents by four; no literal of these files runs over several lines. */
const indentedByTwo = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trimStart().padStart(line.length - (line.length - line.trimStart().length) / 2))
    .join("\n");

/** Of a file of types, the declarations with these names, each with its comment, as they are written. */
export const declarationsOf = (source: string, names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const file = ts.createSourceFile("types.ts", source, ts.ScriptTarget.ES2022, false, ts.ScriptKind.TS);
  return file.statements.flatMap((statement) => {
    const isDeclaration = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    return isDeclaration && names.includes(statement.name.text) ? [statement.getFullText(file).trim()] : [];
  });
};
