/** Sixty invented residents. Their mail goes to example.org, a domain that belongs to nobody. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly language: 'ko' | 'en'
  /** Empty where the resident gave none. */
  readonly email: string
  /** `<app>:<pseudonym>`, or empty. */
  readonly app: string
}

const KOREAN: readonly (readonly [name: string, mail: string])[] = [
  ['김하늘', 'haneul.kim'],
  ['이서준', 'seojun.lee'],
  ['박지우', 'jiwoo.park'],
  ['최민서', 'minseo.choi'],
  ['정도윤', 'doyun.jung'],
  ['강서연', 'seoyeon.kang'],
  ['조은우', 'eunwoo.cho'],
  ['윤채원', 'chaewon.yoon'],
  ['장시우', 'siwoo.jang'],
  ['임하린', 'harin.lim'],
  ['한지호', 'jiho.han'],
  ['오수아', 'sua.oh'],
  ['서예준', 'yejun.seo'],
  ['신유나', 'yuna.shin'],
  ['권도현', 'dohyun.kwon'],
  ['황지안', 'jian.hwang'],
  ['안주원', 'juwon.ahn'],
  ['송다은', 'daeun.song'],
  ['전건우', 'gunwoo.jeon'],
  ['홍나윤', 'nayun.hong'],
  ['유현우', 'hyunwoo.yoo'],
  ['고소율', 'soyul.ko'],
  ['문준서', 'junseo.moon'],
  ['양지민', 'jimin.yang'],
  ['손우진', 'woojin.son'],
  ['배아린', 'arin.bae'],
  ['백선우', 'sunwoo.baek'],
  ['허윤서', 'yunseo.heo'],
  ['남태오', 'taeo.nam'],
  ['심가은', 'gaeun.shim'],
  ['노은찬', 'eunchan.noh'],
  ['하시연', 'siyeon.ha'],
  ['곽민재', 'minjae.kwak'],
  ['성유진', 'yujin.sung'],
  ['차로운', 'roun.cha'],
  ['주하율', 'hayul.joo'],
  ['우재이', 'jaei.woo'],
  ['구서윤', 'seoyun.koo'],
  ['민이안', 'ian.min'],
  ['류세아', 'sea.ryu'],
  ['나도경', 'dokyung.na'],
  ['진해솔', 'haesol.jin'],
  ['지온유', 'onyu.ji'],
  ['엄다온', 'daon.eom'],
  ['채이든', 'ideun.chae'],
]

const ENGLISH: readonly (readonly [name: string, mail: string])[] = [
  ['Maya Thompson', 'maya.thompson'],
  ['Oliver Grant', 'oliver.grant'],
  ['Priya Nair', 'priya.nair'],
  ['Lucas Meyer', 'lucas.meyer'],
  ['Amara Okafor', 'amara.okafor'],
  ['Noah Bennett', 'noah.bennett'],
  ['Linh Tran', 'linh.tran'],
  ['Sofia Rossi', 'sofia.rossi'],
  ['Daniel Cohen', 'daniel.cohen'],
  ['Emma Larsen', 'emma.larsen'],
  ['Rahul Mehta', 'rahul.mehta'],
  ['Chloe Martin', 'chloe.martin'],
  ['Bat-Erdene Ganbold', 'baterdene.ganbold'],
  ['Aisha Rahman', 'aisha.rahman'],
  ['Tom Wright', 'tom.wright'],
]

const APPS = ['pay', 'card', 'talk']

/** Three of four can be reached in an app and nine of ten by mail, the first one by mail alone. */
const person = ([name, mail]: readonly [string, string], index: number, language: 'ko' | 'en'): Person => ({
  id: `P-${String(index + 1).padStart(3, '0')}`,
  name,
  language,
  email: index % 10 === 9 ? '' : `${mail}@example.org`,
  app: index % 4 === 0 ? '' : `${APPS[index % 3] ?? ''}:p${String(index + 1).padStart(3, '0')}`,
})

export const CITIZENS: readonly Person[] = [
  ...KOREAN.map((one, index) => person(one, index, 'ko')),
  ...ENGLISH.map((one, index) => person(one, KOREAN.length + index, 'en')),
]
