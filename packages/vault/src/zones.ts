// Which module of the vault may run in which zone; the architecture test reads this table.

/** `tests` opens nothing more: tests may import every module. */
export type Zone = 'browser' | 'portal' | 'office' | 'print-centre'

const everywhere = ['browser', 'portal', 'office', 'print-centre'] as const
const servers = ['portal', 'office', 'print-centre'] as const
const keyHolders = ['browser', 'office', 'print-centre'] as const

/**
 * File name without `.ts` -> zones. The portal appears where it checks and where it signs its own
 * receipts, never where something of a person is opened, issued or wrapped.
 */
export const MODULE_ZONES = {
  'acknowledgement-making': ['office'],
  acknowledgement: ['browser', 'office'],
  aead: ['browser', 'office'],
  age: keyHolders,
  'at-rest-node': ['office'],
  'at-rest': ['office'],
  base64url: everywhere,
  'bundle-signature': ['office', 'print-centre'],
  'bundle-signing': ['office'],
  bytes: everywhere,
  'case-secret': ['browser', 'office'],
  'constant-time': everywhere,
  'digest-node': servers,
  digest: everywhere,
  digests: ['browser', 'office'],
  disclosure: ['browser'],
  'document-meta': ['browser'],
  ed25519: everywhere,
  entropy: everywhere,
  'file-key-provider-node': ['office'],
  gzip: ['browser', 'office'],
  'hmac-node': servers,
  hmac: everywhere,
  'http-signature': ['portal', 'office'],
  'http-signing': ['office'],
  kek: ['office'],
  'letter-opening': ['print-centre'],
  'letter-seal': ['office'],
  'letter-verdict': ['office'],
  'manifest-shape': ['browser', 'office'],
  manifest: ['browser', 'office'],
  // The letter check tries printed PINs at their own records: both halves of a login in one process of the office.
  'opaque-client': ['browser', 'office'],
  'opaque-issue': ['office'],
  'opaque-parameters': ['browser', 'portal', 'office'],
  'opaque-server': ['portal', 'office'],
  'pdf-password': ['browser'],
  pepper: ['portal', 'office'],
  'pin-request-opening': ['office'],
  'pin-request': ['browser', 'office'],
  random: everywhere,
  receipt: ['browser', 'portal', 'office'],
  resume: ['browser'],
  'seal-document': ['browser', 'office'],
  'seal-json': ['browser', 'office'],
  seal: ['browser', 'office'],
  'secret-file-node': servers,
  'stretch-browser': ['browser'],
  'stretch-node': ['office'],
  stretch: ['browser', 'office'],
  'submission-opening': ['office'],
  'try-pin': ['office'],
  'vault-error': everywhere,
  wrap: ['browser', 'office'],
  zones: everywhere,
} as const satisfies Record<string, readonly Zone[]>

export type VaultModule = keyof typeof MODULE_ZONES

/** The modules (file names without `.ts`) that a zone must not import, not even through another. */
export const forbiddenIn = (zone: Zone): readonly string[] =>
  Object.entries<readonly Zone[]>(MODULE_ZONES)
    .filter(([, zones]) => !zones.includes(zone))
    .map(([name]) => name)
