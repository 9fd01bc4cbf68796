// How the browser tests run: one installation for all files, Debian's or any other Chromium, German, two at a time.
import { defineConfig, devices } from '@playwright/test'
import { findChromium } from '../../scripts/tests/chromium.ts'

const executablePath = findChromium()

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './support/global-setup.ts',
  outputDir: '../../test-results',
  fullyParallel: false,
  workers: 2,
  // Long enough for two cores that others use too: only what never happens may fail.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  forbidOnly: true,
  retries: 0,
  use: {
    ...devices['Desktop Chrome'],
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    actionTimeout: 40_000,
    trace: 'off',
    screenshot: 'off',
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
