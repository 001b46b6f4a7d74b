import { builtinModules } from 'node:module'
import tseslint from 'typescript-eslint'

const builtins = builtinModules.flatMap((name) => [name, `node:${name}`])

export default tseslint.config(
  { ignores: ['node_modules/', '.goji*/', 'docs/', 'client/schema.ts', '**/*.mjs', '**/*.cjs'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      // Numbers read well in a sentence; a template never prints an object by accident all the same.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allowNullish: true }],
      // An endless wait is written `for (;;)` or `while (true)` with its way out inside.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // Index signatures are read with brackets: the compiler's own option asks for it where it matters.
      '@typescript-eslint/dot-notation': 'off',
      // A leading underscore says that a value is left aside on purpose, as in `const { secret: _secret, ...rest }`.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A handler ends with `return response.redirect(…)`, and an arrow may stop something: what it gives back is not looked at.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Our interfaces are answered by closures, which can be handed around without their object.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // A union such as `string | 'silence'` says which strings are meant.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // Spreading a text is how its characters are counted, and an error is passed on as it came.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingAny: false, allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // `.catch((error: NodeJS.ErrnoException) => …)` behind a call of node:fs is as good as a check.
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      // Ports answer promises also where one implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // What an answer holds is what a test asserts: it need not be given a type first.
    files: ['test/**/*.ts', '**/*.test.ts', '**/harness.ts'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [`@typescript-eslint/no-unsafe-${what}`, 'off']),
    ),
  },
  {
    files: ['workflows/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: builtins.map((name) => ({
            name,
            message: 'Workflow code is replayed: what the machine knows reaches it through an activity.',
          })),
          patterns: [
            {
              group: ['**/activities/**', '**/store/**'],
              allowTypeImports: true,
              message: 'Import the type only and call it through runActivity.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Temporal knows a workflow by the name of its function: export it by name.' },
        {
          selector: 'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression[async=true]',
          message: 'Write `export async function name`: that is what a workflow looks like here.',
        },
      ],
    },
  },
)
