package font

// glyphWords maps glyph names that are not composed of a letter and an accent
// (Adobe Glyph List) to what they mean; each line is name, space, text.
const glyphWords = `
space  
exclam !
quotedbl "
numbersign #
dollar $
percent %
ampersand &
quotesingle '
parenleft (
parenright )
asterisk *
plus +
comma ,
hyphen -
minus −
sfthyphen ` + "\u00ad" + `
softhyphen ` + "\u00ad" + `
period .
slash /
zero 0
one 1
two 2
three 3
four 4
five 5
six 6
seven 7
eight 8
nine 9
colon :
semicolon ;
less <
equal =
greater >
question ?
at @
bracketleft [
backslash \
bracketright ]
asciicircum ^
underscore _
grave ` + "`" + `
braceleft {
bar |
braceright }
asciitilde ~
quoteleft ‘
quoteright ’
quotedblleft “
quotedblright ”
quotesinglbase ‚
quotedblbase „
guillemotleft «
guillemotright »
guilsinglleft ‹
guilsinglright ›
exclamdown ¡
questiondown ¿
cent ¢
sterling £
pound £
fraction ⁄
yen ¥
florin ƒ
section §
currency ¤
euro €
Euro €
endash –
emdash —
figuredash ‒
horizontalbar ―
afii00208 ―
dagger †
daggerdbl ‡
periodcentered ·
middot ·
paragraph ¶
bullet •
openbullet ◦
ellipsis …
perthousand ‰
acute ´
circumflex ˆ
tilde ˜
macron ¯
breve ˘
dotaccent ˙
dieresis ¨
ring ˚
cedilla ¸
hungarumlaut ˝
ogonek ˛
caron ˇ
AE Æ
ae æ
OE Œ
oe œ
Oslash Ø
oslash ø
Lslash Ł
lslash ł
Dcroat Đ
dcroat đ
Dslash Đ
Hbar Ħ
hbar ħ
Tbar Ŧ
tbar ŧ
Eng Ŋ
eng ŋ
Eth Ð
eth ð
Thorn Þ
thorn þ
germandbls ß
dotlessi ı
dotlessj ȷ
kgreenlandic ĸ
longs ſ
Idot İ
Ldot Ŀ
ldot ŀ
napostrophe ŉ
AEacute Ǽ
aeacute ǽ
Oslashacute Ǿ
oslashacute ǿ
Schwa Ə
schwa ə
ordfeminine ª
ordmasculine º
copyright ©
registered ®
trademark ™
copyrightserif ©
registerserif ®
trademarkserif ™
copyrightsans ©
registersans ®
trademarksans ™
brokenbar ¦
logicalnot ¬
degree °
plusminus ±
onesuperior ¹
twosuperior ²
threesuperior ³
foursuperior ⁴
mu μ
mu1 µ
micro µ
multiply ×
divide ÷
onequarter ¼
onehalf ½
threequarters ¾
onethird ⅓
twothirds ⅔
oneeighth ⅛
threeeighths ⅜
fiveeighths ⅝
seveneighths ⅞
nbspace  
nonbreakingspace  
ff ff
fi fi
fl fl
ffi ffi
ffl ffl
f_f ff
f_i fi
f_l fl
f_f_i ffi
f_f_l ffl
t_t tt
t_i ti
T_h Th
c_t ct
s_t st
Alpha Α
Beta Β
Gamma Γ
Delta Δ
Epsilon Ε
Zeta Ζ
Eta Η
Theta Θ
Iota Ι
Kappa Κ
Lambda Λ
Mu Μ
Nu Ν
Xi Ξ
Omicron Ο
Pi Π
Rho Ρ
Sigma Σ
Tau Τ
Upsilon Υ
Upsilon1 ϒ
Phi Φ
Chi Χ
Psi Ψ
Omega Ω
alpha α
beta β
gamma γ
delta δ
epsilon ε
zeta ζ
eta η
theta θ
iota ι
kappa κ
lambda λ
nu ν
xi ξ
omicron ο
pi π
rho ρ
sigma σ
sigma1 ς
tau τ
upsilon υ
phi φ
chi χ
psi ψ
omega ω
theta1 ϑ
phi1 ϕ
omega1 ϖ
epsilon1 ϵ
Alphatonos Ά
Epsilontonos Έ
Etatonos Ή
Iotatonos Ί
Omicrontonos Ό
Upsilontonos Ύ
Omegatonos Ώ
alphatonos ά
epsilontonos έ
etatonos ή
iotatonos ί
omicrontonos ό
upsilontonos ύ
omegatonos ώ
iotadieresis ϊ
upsilondieresis ϋ
arrowleft ←
arrowup ↑
arrowright →
arrowdown ↓
arrowboth ↔
arrowdblright ⇒
arrowdblleft ⇐
arrowdblboth ⇔
universal ∀
existential ∃
element ∈
notelement ∉
suchthat ∋
product ∏
summation ∑
radical √
proportional ∝
infinity ∞
angle ∠
logicaland ∧
logicalor ∨
intersection ∩
union ∪
integral ∫
therefore ∴
similar ∼
congruent ≅
approxequal ≈
notequal ≠
equivalence ≡
lessequal ≤
greaterequal ≥
propersubset ⊂
propersuperset ⊃
notsubset ⊄
reflexsubset ⊆
reflexsuperset ⊇
circleplus ⊕
circlemultiply ⊗
perpendicular ⊥
dotmath ⋅
asteriskmath ∗
partialdiff ∂
gradient ∇
emptyset ∅
aleph ℵ
weierstrass ℘
Ifraktur ℑ
Rfraktur ℜ
minute ′
second ″
lozenge ◊
spade ♠
club ♣
heart ♥
diamond ♦
H18533 ■
filledbox ■
square □
H22073 □
triagup ▲
triagdn ▼
triagrt ►
triaglf ◄
circle ○
H18543 ▪
checkmark ✓
numero №
afii61352 №
estimated ℮
litre ℓ
Ohm Ω
angleleft 〈
angleright 〉
fraction1 ⁄
zerosuperior ⁰
fivesuperior ⁵
sixsuperior ⁶
sevensuperior ⁷
eightsuperior ⁸
ninesuperior ⁹
zerooldstyle 0
oneoldstyle 1
twooldstyle 2
threeoldstyle 3
fouroldstyle 4
fiveoldstyle 5
sixoldstyle 6
sevenoldstyle 7
eightoldstyle 8
nineoldstyle 9
zeroinferior ₀
oneinferior ₁
twoinferior ₂
threeinferior ₃
fourinferior ₄
fiveinferior ₅
sixinferior ₆
seveninferior ₇
eightinferior ₈
nineinferior ₉
Tcommaaccent Ţ
tcommaaccent ţ
Gcommaaccent Ģ
gcommaaccent ģ
afii10071 ё
afii10023 Ё
afii10050 Ґ
afii10098 ґ
afii10053 Є
afii10101 є
afii10055 І
afii10103 і
afii10056 Ї
afii10104 ї
afii10051 Ђ
afii10052 Ѓ
afii10054 Ѕ
afii10057 Ј
afii10058 Љ
afii10059 Њ
afii10060 Ћ
afii10061 Ќ
afii10062 Ў
afii10145 Џ
afii10099 ђ
afii10100 ѓ
afii10102 ѕ
afii10105 ј
afii10106 љ
afii10107 њ
afii10108 ћ
afii10109 ќ
afii10110 ў
afii10193 џ
`

// accents are the endings of composed names and their combining characters.
var accents = []struct{ name, mark string }{
	{"acute", "\u0301"}, {"grave", "\u0300"}, {"circumflex", "\u0302"}, {"dieresis", "\u0308"},
	{"tilde", "\u0303"}, {"ring", "\u030A"}, {"caron", "\u030C"}, {"cedilla", "\u0327"},
	{"commaaccent", "\u0326"}, {"breve", "\u0306"}, {"macron", "\u0304"}, {"ogonek", "\u0328"},
	{"dotaccent", "\u0307"}, {"hungarumlaut", "\u030B"}, {"dotbelow", "\u0323"}, {"horn", "\u031B"}, {"hook", "\u0309"},
	{"hookabove", "\u0309"},
}

// cyrillic are the letters of afii10017 to 10049 and 10065 to 10097, in order:
// Ё stands between Е and Ж.
const cyrillic = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"

// standardRunes is StandardEncoding from 0x20 (ISO 32000-2, annex D); a space
// above 0x20 stands for a code without a glyph.
const standardRunes = " !\"#$%&’()*+,-./0123456789:;<=>?" +
	"@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_" +
	"‘abcdefghijklmnopqrstuvwxyz{|}~ " +
	"                                " +
	" ¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿" +
	" `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—               " +
	" Æ ª    ŁØŒº     æ   ı  łøœß    "

// docRunes is PDFDocEncoding from 0x18 to 0x1F and from 0x80 to 0x9F.
const (
	docLow  = "˘ˇˆ˙˝˛˚˜"
	docHigh = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\uFFFD"
)

// symbolRunes is the encoding of the Symbol font from 0x20 to 0x7E and from
// 0xA0; a space above 0x20 stands for none.
const symbolRunes = " !∀#∃%&∋()∗+,−./0123456789:;<=>?" +
	"≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_" +
	"‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ " +
	"                                " +
	"€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵" +
	"ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓" +
	"◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ "

// Widths of the standard fonts from 0x20 to 0x7E in thousandths of the size
// (Adobe's metrics of the 14 core fonts).
var (
	helvetica = []uint16{278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
		1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
		333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584}
	helveticaBold = []uint16{278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
		975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
		333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584}
	times = []uint16{250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
		921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
		333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541}
	timesBold = []uint16{250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500,
		930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
		333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520}
)

// cffLatin are the standard strings 150 to 228 of CFF (Technical Note 5176,
// appendix A); those before are the characters of StandardEncoding in order.
const cffLatin = "¹¬μ™Ð½±Þ¼÷¦°þ¾²®−ð×³©ÁÂÄÀÅÃÇÉÊËÈÍÎÏÌÑÓÔÖÒÕŠÚÛÜÙÝŸŽáâäàåãçéêëèíîïìñóôöòõšúûüùýÿž"

// macGlyphs are the names of the standard Macintosh order of glyphs (OpenType,
// post table).
const macGlyphs = `.notdef .null nonmarkingreturn space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus comma hyphen period slash
zero one two three four five six seven eight nine colon semicolon less equal greater question at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z
bracketleft backslash bracketright asciicircum underscore grave a b c d e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde
Adieresis Aring Ccedilla Eacute Ntilde Odieresis Udieresis aacute agrave acircumflex adieresis atilde aring ccedilla eacute egrave ecircumflex edieresis
iacute igrave icircumflex idieresis ntilde oacute ograve ocircumflex odieresis otilde uacute ugrave ucircumflex udieresis dagger degree cent sterling section bullet
paragraph germandbls registered copyright trademark acute dieresis notequal AE Oslash infinity plusminus lessequal greaterequal yen mu partialdiff summation product
pi integral ordfeminine ordmasculine Omega ae oslash questiondown exclamdown logicalnot radical florin approxequal Delta guillemotleft guillemotright ellipsis
nonbreakingspace Agrave Atilde Otilde OE oe endash emdash quotedblleft quotedblright quoteleft quoteright divide lozenge ydieresis Ydieresis fraction currency
guilsinglleft guilsinglright fi fl daggerdbl periodcentered quotesinglbase quotedblbase perthousand Acircumflex Ecircumflex Aacute Edieresis Egrave Iacute
Icircumflex Idieresis Igrave Oacute Ocircumflex apple Ograve Uacute Ucircumflex Ugrave dotlessi circumflex tilde macron breve dotaccent ring cedilla
hungarumlaut ogonek caron Lslash lslash Scaron scaron Zcaron zcaron brokenbar Eth eth Yacute yacute Thorn thorn minus multiply onesuperior twosuperior
threesuperior onehalf onequarter threequarters franc Gbreve gbreve Idotaccent Scedilla scedilla Cacute cacute Ccaron ccaron dcroat`
