// Tries a printed PIN at its own record before the letter leaves: the whole login, in one process (vault.md 9.3).
import { finishLogin as finishAsClient, startLogin as startAsClient } from './opaque-client.ts'
import { finishLogin, startLogin } from './opaque-server.ts'

/** `password` is the stretched PIN. The export key (b64u), or undefined when the record does not open. */
export const tryPin = async (attempt: {
  readonly setup: string
  readonly identity: string
  readonly record: string
  readonly password: string
}): Promise<string | undefined> => {
  const { setup, identity, record, password } = attempt
  const { clientLoginState, startLoginRequest } = await startAsClient(password)
  const answered = await startLogin({ setup, identity, record, startLoginRequest })
  if (answered === undefined) return undefined
  const { loginResponse, serverLoginState } = answered
  const mine = await finishAsClient({ clientLoginState, loginResponse, password })
  if (mine === undefined) return undefined
  const { finishLoginRequest, exportKey } = mine
  return (await finishLogin({ serverLoginState, finishLoginRequest })) ? exportKey : undefined
}
