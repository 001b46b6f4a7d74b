import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { SolapiMessageService } from 'solapi'
import { adapter } from '../../channels/kakaotalk/index.ts'
import { startHarness as startKakaoTalk } from '../../channels/kakaotalk/harness.ts'
import { PF_ID, TEMPLATES } from '../../channels/kakaotalk/simulator/templates.ts'
import { eventually } from '../../../test/support/eventually.ts'

/**
 * The simulator speaks as Solapi does, as far as Solapi's own client can tell: it signs its requests, checks every field of
 * each answer, and sees the same messages as our adapter. It has no setting for the address, so `fetch` is led elsewhere.
 */
describe("Solapi's own client, against the simulator", () => {
  const real = globalThis.fetch
  let harness: Awaited<ReturnType<typeof startKakaoTalk>>
  let official: SolapiMessageService
  const patience = (): AbortSignal => AbortSignal.timeout(20_000)

  beforeAll(async () => {
    harness = await startKakaoTalk()
    const { url, secrets } = harness.simulator
    official = new SolapiMessageService(secrets['key'] ?? '', secrets['secret'] ?? '')
    globalThis.fetch = (input, init) => {
      const asked = input instanceof Request ? input.url : String(input)
      return real(asked.replace(/^https:\/\/api\.solapi\.com/, url), init)
    }
  }, 60_000)
  afterEach(() => harness.driver.heal())
  afterAll(async () => {
    globalThis.fetch = real
    await harness.stop()
  })

  it('sends an AlimTalk message that our adapter finds by its key', async () => {
    const sent = await official.send({
      to: '01012345678',
      from: '02120',
      type: 'ATA',
      customFields: { delivery: 'dlv_official_1' },
      kakaoOptions: {
        pfId: PF_ID,
        templateId: TEMPLATES.notice.ko.id,
        variables: { 기관: '양천구청', 제목: '수도 요금', 주소: 'https://goji.example/n/1' },
        disableSms: true,
      },
    })
    expect(sent.groupInfo.count).toMatchObject({ total: 1, registeredSuccess: 1, registeredFailed: 0 })
    await eventually('the message has arrived', async () => {
      const found = await harness.channel.receipt('dlv_official_1', patience(), '010-1234-5678')
      return found?.level === 'delivered' ? found : undefined
    })
  })

  it('sees what our adapter has sent, with our key and without a substitute', async () => {
    const notice = {
      purpose: 'reminder',
      language: 'en',
      institution: '양천구청',
      citizenName: '홍길동',
      subject: '수도 요금 납부 안내',
      paragraphs: [],
      facts: [],
      action: { label: '열기', url: 'https://goji.example/n/2' },
    } as const
    const receipt = await harness.channel.send({ key: 'dlv_official_2', address: '+82 10-1234-5678', notice }, patience())
    const { messageList } = await official.getMessages({ to: '01012345678', limit: 100 })
    const message = messageList[receipt.reference]
    expect(message).toMatchObject({ type: 'ATA', from: '02120', customFields: { delivery: 'dlv_official_2' } })
    // There is no English reminder: the Korean one goes out, and says who, what and where, and no name.
    expect(message?.text).toContain('수도 요금 납부 안내')
    expect(message?.text).not.toContain('홍길동')
  })

  it.each([
    ['010-9000-1062', '1062'],
    ['010-9000-1061', '1061'],
  ])('is told of a message to %s that is refused at once: %s', async (number, statusCode) => {
    const refused = await official.send({ to: number.replaceAll('-', ''), from: '02120', text: '안내' }).then(
      () => null,
      (error: unknown) => error,
    )
    expect(refused).toMatchObject({ failedMessageList: [{ statusCode }] })
  })

  it('is refused with a wrong secret, as our adapter is', async () => {
    const { secrets } = harness.simulator
    const stranger = new SolapiMessageService(secrets['key'] ?? '', 'not the secret of this account')
    await expect(stranger.getMessages()).rejects.toThrow(/SignatureDoesNotMatch/)
    const ours = adapter.create({ ...harness.settings, KAKAOTALK_API_SECRET: 'not the secret of this account'.replaceAll(' ', '-') })
    await expect(ours.receipt('dlv_x', patience(), '01012345678')).rejects.toMatchObject({
      kind: 'technical',
      code: 'signaturedoesnotmatch',
    })
  })
})
