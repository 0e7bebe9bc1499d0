// What the pages say in Japanese.
import type { Words } from './words.ts';

export const JAPANESE: Words = {
  dir: 'ltr',
  rehearsal: { title: 'リハーサル', text: '実際の支払いは発生しません。本物のカード番号は入力しないでください。' },
  order: {
    venue: '会場',
    hall: 'スクリーン',
    starts: '開始',
    seats: '座席',
    total: '合計',
    order: '注文番号',
    reference: '照会番号',
    payment: '支払い番号',
    row: (row) => `${row}列`,
    listComma: '、',
  },
  timeLeft: {
    label: 'お支払いの残り時間',
    minutes: (_, digits) => `${digits}分`,
    seconds: (_, digits) => `${digits}秒`,
    none: 'なし',
  },
  form: {
    title: 'チケット代金のお支払い',
    card: 'カードで支払う',
    number: 'カード番号',
    numberHint: 'このページにあるテストカードの番号。',
    expiry: '有効期限',
    cvc: 'セキュリティコード',
    name: 'カード名義',
    optionalHint: '必要なのはカード番号だけです。カードの情報は一切保存されません。',
    pay: (amount) => `${amount} を支払う`,
  },
  testCards: {
    title: 'テストカードで支払う',
    text: 'ボタンを押すだけです。各カードの動作は常に同じです。',
    does: {
      succeeds: '支払い成功',
      declined: 'カード拒否',
      insufficient_funds: '残高不足',
      challenge: '3Dセキュアが必要',
      challenge_fails: '3Dセキュア後に拒否',
      hangs: 'カード会社が応答しない',
    },
  },
  leave: {
    button: 'ショップに戻る',
    hint: '何も取り消されません。残り時間のあいだは、このページに戻って支払えます。',
  },
  trouble: {
    prefix: 'エラー',
    toField: '別のカード番号を入力する',
    triesLeft: (_, digits) => `あと${digits}回試せます。`,
    declined: { title: 'カードが拒否されました', text: '代金は引き落とされていません。別のカードをお試しください。' },
    insufficient_funds: {
      title: 'カードの残高が不足しています',
      text: '代金は引き落とされていません。別のカードをお試しください。',
    },
    authentication_failed: {
      title: 'カード会社が支払いを承認しませんでした',
      text: '代金は引き落とされていません。もう一度試すか、別のカードをお試しください。',
    },
    unknown_card: {
      title: 'テストカードではありません',
      text: 'ここではこのページのテストカードだけが使えます。入力内容は保存されていません。',
    },
    missing_field: {
      title: 'カード番号が入力されていません',
      text: 'テストカードの番号を入力するか、カードのボタンを押してください。',
    },
  },
  challenge: {
    issuer: 'リハーサル銀行',
    issuerIs: '実在の銀行ではありません',
    title: 'このお支払いを承認しますか?',
    text: '本物のカードなら、ここでカード会社が本人確認を行います。返す答えを選んでください。',
    approve: '承認する',
    refuse: '拒否する',
    abandon: '答えずに離れる',
    abandonHint: '支払いは期限が来るまで保留のままになります。',
  },
  waiting: {
    title: 'カード会社からまだ応答がありません',
    text: '支払いが完了したかどうかはまだ分かりません。ほかで支払い直さず、少し待ってから再度ご確認ください。',
    again: 'もう一度確認する',
  },
  outcomes: {
    close: 'このページは閉じてかまいません。',
    succeeded: {
      title: '支払いが完了しました',
      text: 'お支払いを受け付けました。チケットはショップから発行されます。',
    },
    failed: { title: '支払いに失敗しました', text: '代金は引き落とされていません。この支払いはやり直せません。' },
    canceled: {
      title: '支払いは取り消されました',
      text: '支払い期限が過ぎたか、注文が取り消されました。代金は引き落とされていません。',
    },
    refund_pending: {
      title: '返金の手続き中です',
      text: 'お支払いは完了しましたが、注文の確定が期限に間に合いませんでした。代金は返金されます。',
    },
    refunded: { title: '返金されました', text: 'お支払いいただいた代金は返金されました。チケットは発行されません。' },
  },
  refusals: {
    toPayment: '支払いページへ',
    unknown: {
      title: 'この支払いは見つかりません',
      text: 'アドレスが不完全な可能性があります。ショップに戻ってやり直してください。',
    },
    expired: { title: '支払い期限が過ぎました', text: '送信が間に合わなかったため、何も変更されていません。' },
    answered: {
      title: 'すでに回答済みです',
      text: '最初の回答が有効です。今回の送信内容はそれと異なるため、何も変更されていません。',
    },
    not_a_form: { title: 'このページのフォームではありません', text: '送信内容をフォームとして読み取れませんでした。' },
    too_large: { title: '送信内容が大きすぎます', text: 'このページのフォームの大きさを超えています。' },
  },
};
