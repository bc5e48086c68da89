/** Words that carry no claim, English and Portuguese, as `foldWord` spells them. */
const ENGLISH = `
  a about above after all also am an and any are as at be been before being below between both but by can
  could did do does doing during each few for from further had has have having he her here hers him his how
  i if in into is it its itself just me more most my no nor not of off on once only or other our out over
  own same she should so some such than that the their them then there these they this those through to too
  under until up very was we were what when where which while who whom whose why will with would you your
  based provided according given following`;

const PORTUGUESE = `
  a ao aos aquela aquele aquilo as ate com como cada da das de dela dele deles depois do dos e ela elas ele
  eles em entre era essa esse esta estao estar este estes eu foi foram for ha isso isto ja la lhe mais mas
  me mesmo meu minha muito na nas nao nem no nos nossa nosso num numa o onde os ou para pela pelas pelo
  pelos pode podem por porque qual quais quando que quem sao se seja sem ser seu seus so sua suas tambem te
  tem ter tinha tu um uma uns voce voces`;

/** In questions on this cloud nearly every name of a service begins with them. */
const VENDOR = 'amazon aws';

export const STOP_WORDS: ReadonlySet<string> = new Set(
  `${ENGLISH} ${PORTUGUESE} ${VENDOR}`.trim().split(/\s+/),
);
