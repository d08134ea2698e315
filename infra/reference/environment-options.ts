import { join } from "node:path";
import ts from "typescript";
import { PACKAGE_ROOT } from "../files/package-root.ts";

/** An option of an environment, as `environment.ts` documents it. */
export interface EnvironmentOption {
  /** Where it is written, for example `queueIt.enqueueToken.key`; `[]` is an item of a list. */
  readonly path: string;
  /** The choice it belongs to, for example `owner: "pull"`; undefined for one that is always there. */
  readonly choice: string | undefined;
  /** What can be written, for example `"open" | "closed"`; `object` for one with options of its own. */
  readonly type: string;
  readonly isRequired: boolean;
  /** Options of which one is written in its place. */
  readonly alternatives: readonly string[];
  readonly meaning: string;
  /** As `@default` says it; undefined for what has to be written. */
  readonly standard: string | undefined;
}

const FILE = "infra/environments/environment.ts";

/** Every option of `defineEnvironment`, in the order of its type, what is within another one right behind it. */
export function environmentOptions(): readonly EnvironmentOption[] {
  const path = join(PACKAGE_ROOT, FILE);
  const program = ts.createProgram([path], { strict: true, target: ts.ScriptTarget.ES2022, noLib: true });
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`${FILE} cannot be read.`);
  const declared = new Map(
    source.statements
      .filter((each) => ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each))
      .map((each) => [each.name.text, each] as const),
  );
  return new Options(program.getTypeChecker(), declared).of("Environment");
}

type Declared = ReadonlyMap<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>;

class Options {
  readonly #checker: ts.TypeChecker;
  readonly #declared: Declared;

  constructor(checker: ts.TypeChecker, declared: Declared) {
    this.#checker = checker;
    this.#declared = declared;
  }

  of(name: string): readonly EnvironmentOption[] {
    const declaration = this.#declared.get(name);
    return declaration === undefined ? [] : this.#within(declaration, "", undefined);
  }

  /** The options of a type: of an interface, of each choice of a union, of an object within. */
  #within(node: ts.Node, path: string, choice: string | undefined): readonly EnvironmentOption[] {
    if (ts.isInterfaceDeclaration(node)) return this.#members(node.members, path, choice);
    if (ts.isTypeAliasDeclaration(node)) return this.#within(node.type, path, choice);
    if (ts.isTypeLiteralNode(node)) return this.#members(node.members, path, choice ?? choiceOf(node));
    if (ts.isUnionTypeNode(node) || ts.isIntersectionTypeNode(node))
      return node.types.flatMap((each) => this.#within(each, path, choice));
    if (ts.isTypeOperatorNode(node)) return this.#within(node.type, path, choice);
    if (ts.isArrayTypeNode(node)) return this.#within(node.elementType, `${path}[]`, choice);
    if (ts.isTupleTypeNode(node)) {
      const [first] = node.elements;
      return first === undefined ? [] : this.#within(first, `${path}[]`, choice);
    }
    if (!ts.isTypeReferenceNode(node)) return [];
    const declaration = this.#declared.get(node.typeName.getText());
    return declaration === undefined ? [] : this.#within(declaration, path, choice);
  }

  #members(
    members: ts.NodeArray<ts.TypeElement>,
    path: string,
    choice: string | undefined,
  ): readonly EnvironmentOption[] {
    const properties = members.filter(ts.isPropertySignature);
    // They are there to say that the other choice has them.
    const elsewhere = properties.filter(({ type }) => type?.kind === ts.SyntaxKind.NeverKeyword);
    const alternatives = elsewhere.map(({ name }) => name.getText());
    return properties.flatMap((member) => {
      const { type } = member;
      if (type === undefined || elsewhere.includes(member)) return [];
      const place = path === "" ? member.name.getText() : `${path}.${member.name.getText()}`;
      const within = this.#within(type, place, choice);
      const option = this.#option(member, type, within.length > 0);
      return [{ ...option, path: place, choice, alternatives }, ...within];
    });
  }

  #option(
    member: ts.PropertySignature,
    type: ts.TypeNode,
    hasMore: boolean,
  ): Omit<EnvironmentOption, "path" | "choice" | "alternatives"> {
    const symbol = this.#checker.getSymbolAtLocation(member.name);
    const standard = symbol?.getJsDocTags(this.#checker).find(({ name }) => name === "default");
    return {
      type: hasMore ? kindOf(type, this.#declared) : this.#typeText(type),
      isRequired: member.questionToken === undefined,
      meaning: flat(ts.displayPartsToString(symbol?.getDocumentationComment(this.#checker))),
      standard: standard && flat(ts.displayPartsToString(standard.text)).replaceAll("*\\/", "*/"),
    };
  }

  #typeText(node: ts.TypeNode): string {
    const type = this.#checker.getTypeFromTypeNode(node);
    // Everything that can be written, and not the name that the type has.
    const choices = type.isUnion() && node.kind !== ts.SyntaxKind.BooleanKeyword ? type.types : [type];
    const text =
      this.#declaredText(node) ?? choices.map((each) => this.#checker.typeToString(each)).join(" | ");
    return text.replaceAll("readonly ", "").replace(/^Readonly<(.*)>$/, "$1");
  }

  /** Without the standard library, which names lists and records, those stay as they are written. */
  #declaredText(type: ts.TypeNode): string | undefined {
    if (ts.isTypeOperatorNode(type)) {
      const item = ts.isArrayTypeNode(type.type) ? this.#typeText(type.type.elementType) : undefined;
      return item === undefined ? undefined : `${item.includes("|") ? `(${item})` : item}[]`;
    }
    return ts.isTypeReferenceNode(type) && !this.#declared.has(type.typeName.getText())
      ? type.getText()
      : undefined;
  }
}

/** The first literal of an object says which choice of a union it is. */
function choiceOf({ members }: ts.TypeLiteralNode): string | undefined {
  const [first] = members;
  if (first === undefined || !ts.isPropertySignature(first) || first.type === undefined) return undefined;
  return ts.isLiteralTypeNode(first.type) ? `${first.name.getText()}: ${first.type.getText()}` : undefined;
}

function kindOf(type: ts.TypeNode, declared: Declared): string {
  if (!ts.isTypeOperatorNode(type)) return "object";
  const element = ts.isArrayTypeNode(type.type) ? declared.get(type.type.elementType.getText()) : undefined;
  const mayBeText =
    element !== undefined &&
    ts.isTypeAliasDeclaration(element) &&
    ts.isUnionTypeNode(element.type) &&
    element.type.types.some(({ kind }) => kind === ts.SyntaxKind.StringKeyword);
  return mayBeText ? "list of texts and objects" : "list of objects";
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
