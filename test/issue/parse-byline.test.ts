import { describe, expect, test } from 'vitest';
import { parseByline } from '../../src/issue/text/parse-byline.ts';

describe('parseByline', () => {
  test.each([
    ['Xin et al. [NVIDIA]', ['Xin'], true, ['NVIDIA']],
    ['Xin et al [NVIDIA]', ['Xin'], true, ['NVIDIA']],
    ['Xu et al.', ['Xu'], true, []],
    ['Nakanishi [RIKEN]', ['Nakanishi'], false, ['RIKEN']],
    [
      'Rathi and Radford [Anthropic, Stanford]',
      ['Rathi', 'Radford'],
      false,
      ['Anthropic', 'Stanford'],
    ],
    ['Rathi & Radford', ['Rathi', 'Radford'], false, []],
    ['Li, Chen, and Park [KAIST]', ['Li', 'Chen', 'Park'], false, ['KAIST']],
    ['Li, Chen & Park [KAIST]', ['Li', 'Chen', 'Park'], false, ['KAIST']],
    ['Li, Chen, et al. [KAIST]', ['Li', 'Chen'], true, ['KAIST']],
    ['van den Oord et al. [Google DeepMind]', ['van den Oord'], true, ['Google DeepMind']],
    ['von Oswald et al. [ETH Zurich]', ['von Oswald'], true, ['ETH Zurich']],
    ['O’Brien et al. [MIT]', ['O’Brien'], true, ['MIT']],
    ["D'Angelo and d'Aspremont [Inria]", ["D'Angelo", "d'Aspremont"], false, ['Inria']],
    ['’t Hooft et al. [Utrecht]', ['’t Hooft'], true, ['Utrecht']],
    ['al-Khwarizmi et al. [KAUST]', ['al-Khwarizmi'], true, ['KAUST']],
    ['Hübotter et al. [ETH Zurich]', ['Hübotter'], true, ['ETH Zurich']],
    ['Łukasz Kaiser et al. [OpenAI]', ['Łukasz Kaiser'], true, ['OpenAI']],
    ['Hernández-García et al. [Mila]', ['Hernández-García'], true, ['Mila']],
    ['Y. LeCun [Meta, NYU]', ['Y. LeCun'], false, ['Meta', 'NYU']],
    ['王 et al. [清华大学]', ['王'], true, ['清华大学']],
    ['DeepSeek-AI [DeepSeek]', ['DeepSeek-AI'], false, ['DeepSeek']],
    ['Xin et al. []', ['Xin'], true, []],
    ['Gu et al. [Apple; Google]', ['Gu'], true, ['Apple', 'Google']],
  ])('reads “%s”', (text, authors, etAl, organizations) => {
    expect(parseByline(text)).toMatchObject({ text, authors, etAl, organizations });
  });

  test.each([
    ['University of California, Berkeley', ['University of California, Berkeley']],
    [
      'University of California, San Diego, Apple',
      ['University of California, San Diego', 'Apple'],
    ],
    ['UIUC, University of Texas, Austin', ['UIUC', 'University of Texas, Austin']],
    ['University of Michigan, Google', ['University of Michigan', 'Google']],
    ['Huawei Technologies Co., Ltd., Tsinghua', ['Huawei Technologies Co., Ltd.', 'Tsinghua']],
  ])('tells the organizations in “%s” apart', (text, organizations) => {
    expect(parseByline(`Doe et al. [${text}]`)?.organizations).toEqual(organizations);
  });

  test('is sure of “et al.” and of brackets, not of bare names', () => {
    const sure = ['Xu et al.', 'Nakanishi [RIKEN]', 'Rathi and Radford'].map(
      (line) => parseByline(line)?.isSure,
    );

    expect(sure).toEqual([true, true, false]);
  });

  test.each([
    '',
    '[NVIDIA]',
    'et al.',
    'A paragraph that goes on, and ends with a full stop.',
    'the lower case [NVIDIA]',
    'Xin et al. [NVIDIA] say that it works.',
    '♥ 4.3k Quantization',
    `Xin${' Xin'.repeat(200)} et al.`,
  ])('does not read “%s” as a byline', (line) => {
    expect(parseByline(line)).toBeUndefined();
  });
});
