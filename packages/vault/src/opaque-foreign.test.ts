// A second implementation of RFC 9807 reaches the same bytes as the library: vault.md 4.3 says all there is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ristretto255, ristretto255_oprf } from '@noble/curves/ed25519.js'
import { expand, extract } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha512 } from '@noble/hashes/sha2.js'
import vectors from '../vectors/login.json' with { type: 'json' }
import { fromBase64url } from './base64url.ts'
import { type Bytes, concat, utf8 } from './bytes.ts'
import { STRETCH } from './stretch.ts'
import { argon2idWasm } from './stretch-browser.ts'

const { oprf } = ristretto255_oprf
const group = ristretto255.Point
const empty = new Uint8Array(0)

const field = (bytes: Bytes, from: number, length: number) => bytes.slice(from, from + length)

const derived = (secret: Uint8Array, ...info: Uint8Array[]) =>
  expand(sha512, secret, concat(...info), 64)
const sized = (bytes: Uint8Array) =>
  concat(Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes)

const setup = fromBase64url(vectors.setup)
const record = fromBase64url(vectors.record)
const clientPublicKey = field(record, 0, 32)
const maskingKey = field(record, 32, 64)
const nonce = field(record, 96, 32)
const authTag = field(record, 128, 64)
const serverPublicKey = fromBase64url(vectors.serverPublicKey)

/** The client's secret of registration and login, RFC 9807 section 4.1.2 and 6.3.2.2. */
const randomizedPassword = async (): Promise<Uint8Array> => {
  const oprfSeed = field(setup, 0, 64)
  const seed = expand(sha512, oprfSeed, concat(utf8(vectors.identity), utf8('OprfKey')), 32)
  const { secretKey } = oprf.deriveKeyPair(seed, utf8('OPAQUE-DeriveKeyPair'))
  const { blind, blinded } = oprf.blind(utf8(vectors.password))
  const evaluated = oprf.blindEvaluate(secretKey, blinded)
  const output = new Uint8Array(oprf.finalize(utf8(vectors.password), blind, evaluated))
  const minimal = { ...STRETCH, memoryKiB: 8, iterations: 1, length: 64 }
  const stretched = await argon2idWasm(output, new Uint8Array(16), minimal)
  return extract(sha512, concat(output, stretched), empty)
}

const secret = await randomizedPassword()

test('record and export key follow from setup, identity and password', () => {
  assert.deepEqual(derived(secret, nonce, utf8('ExportKey')), fromBase64url(vectors.exportKey))
  assert.deepEqual(derived(secret, utf8('MaskingKey')), maskingKey)
  const clear = concat(nonce, serverPublicKey, sized(serverPublicKey), sized(clientPublicKey))
  assert.deepEqual(hmac(sha512, derived(secret, nonce, utf8('AuthKey')), clear), authTag)
})

const numberOf = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n)
const multiplied = (point: Uint8Array, scalar: bigint) =>
  group.fromBytes(point).multiply(scalar).toBytes()

/** `Derive-Secret` of RFC 9807, section 6.4.2.1. */
const handshake = (from: Uint8Array, name: string, context: Uint8Array) => {
  const label = utf8(`OPAQUE-${name}`)
  const lengths = Uint8Array.of(0, 64, label.length)
  return derived(from, lengths, label, Uint8Array.of(context.length), context)
}

test('both MACs of the login follow from the messages and the keys', () => {
  const { startLoginRequest, loginResponse, finishLoginRequest, clientLoginState } =
    vectors.transcript
  const ke1 = fromBase64url(startLoginRequest)
  const ke2 = fromBase64url(loginResponse)
  const serverShare = field(ke2, 224, 32)
  const serverMac = field(ke2, 256, 64)
  // The library's client state: blind, KE1, ephemeral private key, nonce.
  const ephemeral = numberOf(field(fromBase64url(clientLoginState), 128, 32))
  const seed = expand(sha512, secret, concat(nonce, utf8('PrivateKey')), 32)
  const client = oprf.deriveKeyPair(seed, utf8('OPAQUE-DeriveDiffieHellmanKeyPair'))
  assert.deepEqual(new Uint8Array(client.publicKey), clientPublicKey)
  const keyMaterial = concat(
    multiplied(serverShare, ephemeral),
    multiplied(serverPublicKey, ephemeral),
    multiplied(serverShare, numberOf(client.secretKey)),
  )
  const preamble = concat(
    ...[utf8('OPAQUEv1-'), sized(empty), sized(clientPublicKey), ke1],
    // Credential response, server nonce and key share: all of KE2 but its MAC.
    ...[sized(serverPublicKey), field(ke2, 0, 256)],
  )
  const extracted = extract(sha512, keyMaterial, empty)
  const shared = handshake(extracted, 'HandshakeSecret', sha512(preamble))
  const serverKey = handshake(shared, 'ServerMAC', empty)
  assert.deepEqual(new Uint8Array(hmac(sha512, serverKey, sha512(preamble))), serverMac)
  const clientKey = handshake(shared, 'ClientMAC', empty)
  const clientMac = hmac(sha512, clientKey, sha512(concat(preamble, serverMac)))
  assert.deepEqual(new Uint8Array(clientMac), fromBase64url(finishLoginRequest))
})
