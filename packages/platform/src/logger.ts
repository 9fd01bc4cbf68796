// Log lines as JSON on standard output, with an allowlist of what a request may leave behind.
import { type DestinationStream, type Logger, pino } from 'pino'

/** `silent` in unit tests; a logger with a destination of its own is listened to and always speaks. */
const LEVEL = process.env['EP_LOG_LEVEL'] ?? 'info'

/**
 * A logger whose serialisers know only method and route pattern of a request and the status of an answer: no URL, no address, no
 * header, no body (findings.md 2.2, trap 4). Redaction is a second net, not the first.
 */
export function makeLogger(service: string, destination?: DestinationStream): Logger {
  const options = {
    level: destination === undefined ? LEVEL : 'info',
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    redact: ['body', 'headers', '*.body', '*.headers', '*.pin', '*.kvnr'],
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
