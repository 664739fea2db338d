import { randomBytes } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { type FittedImage, fitImage } from '../../src/publishers/images.ts';

const LIMIT_BYTES = 100_000;

const draw = (channels: 3 | 4 = 3): Sharp =>
  sharp({
    create: {
      width: 60,
      height: 40,
      channels,
      background: { r: 200, g: 30, b: 0, alpha: channels === 4 ? 0.5 : 1 },
    },
  });
const drawNoise = (width: number, height: number): Promise<Buffer> =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
const makeFit = (bytes: Uint8Array, limit = LIMIT_BYTES): ReturnType<typeof fitImage> =>
  fitImage(bytes, limit, AbortSignal.timeout(20_000));

async function fitted(bytes: Uint8Array, limit?: number): Promise<FittedImage> {
  const answer = await makeFit(bytes, limit);
  if (answer.kind === 'refused') throw new Error(answer.reason);
  return answer;
}

describe('an image made to fit', () => {
  it.each([
    ['JPEG', 'image/jpeg', () => draw().jpeg()],
    ['PNG', 'image/png', () => draw(4).png()],
  ] as const)('keeps its bytes as a small %s without metadata', async (_name, mediaType, make) => {
    const bytes = await make().toBuffer();

    const answer = await fitted(bytes);

    expect(answer).toEqual({ kind: 'fitted', bytes, mediaType, width: 60, height: 40 });
  });

  it.each([
    ['WebP', 'image/jpeg', () => draw().webp()],
    ['WebP with transparency', 'image/png', () => draw(4).webp()],
    ['AVIF', 'image/jpeg', () => draw().avif()],
    ['GIF with transparency', 'image/png', () => draw(4).gif()],
  ] as const)('turns %s into %s', async (_name, mediaType, make) => {
    const answer = await fitted(await make().toBuffer());

    expect(answer.mediaType).toBe(mediaType);
    expect(await sharp(answer.bytes).metadata()).toMatchObject({ width: 60, height: 40 });
  });

  it.each(['jpeg', 'png'] as const)('loses the metadata of a %s', async (format) => {
    const bytes = await draw()
      .withExif({ IFD0: { Artist: 'A. Nobody' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .toFormat(format)
      .toBuffer();

    const answer = await fitted(bytes);

    const { exif, xmp, format: kept } = await sharp(answer.bytes).metadata();
    expect([exif, xmp, kept]).toEqual([undefined, undefined, format]);
  });

  it('stands upright', async () => {
    const bytes = await draw().withMetadata({ orientation: 6 }).jpeg().toBuffer();

    const answer = await fitted(bytes);

    expect([answer.width, answer.height]).toEqual([40, 60]);
    expect((await sharp(answer.bytes).metadata()).orientation).toBeUndefined();
  });

  it.each([1_000_000, 2_000_000])('stays under %i bytes, scaled down', async (limit) => {
    const bytes = await drawNoise(1600, 1000);

    const answer = await fitted(bytes, limit);

    expect(bytes.length).toBeGreaterThan(limit);
    expect(answer.bytes.length).toBeLessThanOrEqual(limit);
    expect(answer.width / answer.height).toBeCloseTo(1.6, 2);
  });

  it('is told when no scaling brings it under the limit', async () => {
    const answer = await makeFit(await drawNoise(1600, 1000), 50_000);

    expect(answer.kind === 'refused' && answer.reason).toMatch(/under 50000 bytes/);
  });

  it.each([
    ['a page', Buffer.from('<!doctype html><p>Not here')],
    ['nothing', new Uint8Array()],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['the beginning of a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ])('is not made of %s', async (_name, bytes) => {
    expect((await makeFit(bytes)).kind).toBe('refused');
  });

  it('is not made of a small file that unpacks to gigabytes', async () => {
    const raw = { width: 11_000, height: 10_000, channels: 1 } as const;
    const bytes = await sharp(Buffer.alloc(raw.width * raw.height), { raw })
      .png()
      .toBuffer();

    const answer = await makeFit(bytes, 10_000_000);

    expect(answer.kind === 'refused' && answer.reason).toMatch(/pixel limit/);
  });
});
