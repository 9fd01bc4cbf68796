// Puts into a JPEG what a phone puts in: orientation, camera and the place it was taken (EXIF 2.3, TIFF layout).

const ASCII = 2
const SHORT = 3
const LONG = 4
const RATIONAL = 5

interface Entry {
  readonly tag: number
  readonly type: number
  readonly count: number
  /** Four bytes in place, or longer data that is laid behind the directory. */
  readonly value: Buffer
}

const short = (tag: number, value: number): Entry => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt16LE(value)
  return { tag, type: SHORT, count: 1, value: bytes }
}

const long = (tag: number, value: number): Entry => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return { tag, type: LONG, count: 1, value: bytes }
}

const ascii = (tag: number, text: string): Entry => {
  const bytes = Buffer.from(`${text}\0`, 'ascii')
  const value = bytes.length > 4 ? bytes : Buffer.concat([bytes], 4)
  return { tag, type: ASCII, count: bytes.length, value }
}

/** Degrees as the three rationals degrees, minutes, seconds. */
const degrees = (tag: number, value: number): Entry => {
  const whole = Math.floor(value)
  const minutes = Math.floor((value - whole) * 60)
  const seconds = Math.round(((value - whole) * 60 - minutes) * 6_000)
  const bytes = Buffer.alloc(24)
  for (const [at, number] of [whole, 1, minutes, 1, seconds, 100].entries()) {
    bytes.writeUInt32LE(number, at * 4)
  }
  return { tag, type: RATIONAL, count: 3, value: bytes }
}

/** One image file directory that begins at `offset` within the TIFF block. */
function directory(entries: readonly Entry[], offset: number): Buffer {
  const head = Buffer.alloc(2 + entries.length * 12 + 4)
  head.writeUInt16LE(entries.length)
  const tail: Buffer[] = []
  let tailAt = offset + head.length
  for (const [index, entry] of entries.entries()) {
    const at = 2 + index * 12
    head.writeUInt16LE(entry.tag, at)
    head.writeUInt16LE(entry.type, at + 2)
    head.writeUInt32LE(entry.count, at + 4)
    if (entry.value.length === 4) {
      entry.value.copy(head, at + 8)
    } else {
      head.writeUInt32LE(tailAt, at + 8)
      tail.push(entry.value)
      tailAt += entry.value.length
    }
  }
  return Buffer.concat([head, ...tail])
}

export interface PhoneTraces {
  /** 6 = the sensor's picture must be turned a quarter clockwise to stand upright. */
  readonly orientation: number
  readonly latitude: number
  readonly longitude: number
  readonly camera: string
}

/** The same JPEG with an EXIF segment right behind its start marker. */
export function withExif(jpeg: Uint8Array, traces: PhoneTraces): Buffer {
  const header = Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0])
  const mainEntries = (gpsAt: number) => [
    ascii(0x0110, traces.camera),
    short(0x0112, traces.orientation),
    long(0x8825, gpsAt),
  ]
  const gpsAt = header.length + directory(mainEntries(0), header.length).length
  const gps = [
    ascii(0x0001, 'N'),
    degrees(0x0002, traces.latitude),
    ascii(0x0003, 'E'),
    degrees(0x0004, traces.longitude),
  ]
  const tiff = Buffer.concat([
    header,
    directory(mainEntries(gpsAt), header.length),
    directory(gps, gpsAt),
  ])
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const marker = Buffer.from([0xff, 0xe1, 0, 0])
  marker.writeUInt16BE(exif.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2)])
}

export interface JpegTraits {
  /** Pixels as stored, before any turning. */
  readonly width: number
  readonly height: number
  /** Whether there is an EXIF segment, in which camera, orientation and place stand. */
  readonly exif: boolean
}

const APP1 = 0xe1
const START_OF_SCAN = 0xda
/** Start of frame, in all its kinds; the other three of this range are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Reads the segments of the first JPEG in these bytes; a PDF holds its photos as they are. */
export function jpegTraits(bytes: Uint8Array): JpegTraits {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = file.indexOf(Buffer.from([0xff, 0xd8, 0xff])) + 2
  let [width, height, exif] = [0, 0, false]
  for (let marker = 0; marker !== START_OF_SCAN; ) {
    marker = file[at + 1] ?? START_OF_SCAN
    if (marker === APP1) exif = true
    if (isFrame(marker)) [height, width] = [file.readUInt16BE(at + 5), file.readUInt16BE(at + 7)]
    at += 2 + file.readUInt16BE(at + 2)
  }
  return { width, height, exif }
}
