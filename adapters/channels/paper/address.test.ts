import { describe, expect, it } from '@jest/globals'
import { parseAddress } from './address.ts'

describe('a postal address', () => {
  it.each([
    [
      '서울특별시 양천구 목동동로 105|101동 1203호|07995|KR',
      { lines: ['서울특별시 양천구 목동동로 105', '101동 1203호'], postcode: '07995', country: 'KR' },
    ],
    [' 제주특별자치도  서귀포시 1 | 63644 | KR ', { lines: ['제주특별자치도 서귀포시 1'], postcode: '63644', country: 'KR' }],
    [
      'Flat 3|10 Downing Street|London|SW1A 2AA|GB',
      { lines: ['Flat 3', '10 Downing Street', 'London'], postcode: 'SW1A 2AA', country: 'GB' },
    ],
  ])('%s', (text, read) => {
    expect(parseAddress(text)).toEqual(read)
  })

  it.each([
    ['nothing', ''],
    ['no lines', '07995|KR'],
    ['an empty line', '서울 1||07995|KR'],
    ['a line of signs only', '---|07995|KR'],
    ['four lines', 'a1|b2|c3|d4|07995|KR'],
    ['no postcode', '서울 1|KR'],
    ['an old postcode of six digits', '서울 1|158-051|KR'],
    ['a postcode below the first', '서울 1|00999|KR'],
    ['a postcode above the last', '서울 1|64000|KR'],
    ['a postcode in other digits', '서울 1|０７９９５|KR'],
    ['no such country', '서울 1|07995|QX'],
    ['a country in small letters', '서울 1|07995|kr'],
    ['a line break', '서울 1\n홍길동|07995|KR'],
    ['a NUL', '서울 1\u0000|07995|KR'],
    ['an invisible character', '서울\u200b 1|07995|KR'],
    ['a character that turns the writing', '서울 \u202e1|07995|KR'],
    ['a line separator', '서울\u2028 1|07995|KR'],
  ])('is none with %s', (_, text) => {
    expect(parseAddress(text)).toBeNull()
  })
})
