import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", "coverage/", ".stryker-tmp/", "node_modules/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ["./infra/tsconfig.json", "./worker/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "@cdktf/provider-cloudflare",
              message: "Import one module of it: the barrel makes synth slow.",
            },
          ],
        },
      ],
    },
  },
  {
    // Rules that need types take most of the time of linting; in tests and benches the compiler has to do.
    files: ["test/**/*.ts", "bench/**/*.ts", "vitest*.config.ts"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { project: false } },
  },
  {
    files: ["infra/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "URL",
          property: "canParse",
          message: "Node.js 20.20 refuses letters such as ü with it: infra/url/parsed-url.ts.",
        },
      ],
      "no-restricted-syntax": [
        "error",
        ...[
          "CallExpression[callee.object.name='JSON'][callee.property.name='parse']",
          "AwaitExpression > CallExpression[callee.property.name='json']",
        ].map((selector) => ({
          selector: `TSAsExpression[typeAnnotation.type!='TSUnknownKeyword'] > ${selector}`,
          message: "What is read is not known to have a type: let zod look at it.",
        })),
      ],
    },
  },
  {
    // Rooms that compute and do nothing else: .dependency-cruiser.mjs keeps their imports, this their globals.
    files: ["infra/{environments,specification,cloudflare,queue-it,secrets,plan,text,json,errors}/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...["process", "fetch", "WebSocket", "setTimeout", "setInterval", "console"].map((name) => ({
          name,
          message: "This room is pure: it is given what it needs.",
        })),
      ],
    },
  },
);
