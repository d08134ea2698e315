import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", "coverage/", "node_modules/"] },
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
    files: ["test/**/*.ts", "bench/**/*.ts", "vitest.config.ts"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { project: false } },
  },
  {
    // cdktf is archived: keeping it in two places lets another engine take its place.
    files: ["infra/**/*.ts"],
    ignores: ["infra/connector/**", "infra/main.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["cdktf", "cdktf/*", "@cdktf/*", "constructs"] }],
    },
  },
);
