// Types of what the build adds: the insurer's settings and the address of the vault's worker.
declare module 'virtual:tenant' {
  export const tenant: import('@einmal-pin/domain/tenant').TenantSettings
}
