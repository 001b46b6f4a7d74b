import { existsSync } from 'node:fs'

// The machine-wide counterparts (PostgreSQL, Temporal) start once for all suites.
const hook = (path) => (existsSync(new URL(path, import.meta.url)) ? path : undefined)

/** @type {import('jest').Config} */
export default {
  rootDir: '.',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/\\.goji'],
  modulePathIgnorePatterns: ['<rootDir>/\\.goji'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' }, sourceMaps: 'inline' }],
  },
  globalSetup: hook('./test/support/global-setup.ts'),
  globalTeardown: hook('./test/support/global-teardown.ts'),
  testTimeout: 30_000,
  maxWorkers: 2,
  // Temporal's native threads keep handles that jest cannot see closed; a failed test must not keep the run from ending.
  forceExit: true,
}
