/** "alpha α, beta β" as a map from names to what stands for them. */
function listPairs(pairs: string): ReadonlyMap<string, string> {
  const words = pairs.trim().split(/\s+/);
  return new Map(words.flatMap((name, i) => (i % 2 === 0 ? [[name, words[i + 1] ?? '']] : [])));
}

/** Letters and signs that stand by themselves. */
export const SYMBOLS = listPairs(`
  alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
  kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
  upsilon υ phi φ varphi φ chi χ psi ψ omega ω
  Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
  infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ emptyset ∅ varnothing ∅ forall ∀
  exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ prime ′ degree ° circ ∘ bullet • star ⋆ ast *
  dagger † ddagger ‡ checkmark ✓ square □ Box □ triangle △ angle ∠ hslash ℏ imath ı jmath ȷ
  sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂
  bigvee ⋁ bigwedge ⋀
  ldots … dots … dotsc … dotsb ⋯ cdots ⋯ vdots ⋮ ddots ⋱ colon : lbrace { rbrace } lbrack [
  rbrack ] langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ vert | lvert | rvert | Vert ‖
  lVert ‖ rVert ‖ backslash \\ S § P ¶ copyright © pounds £ euro € textdegree ° textendash –
  textemdash — textasciitilde ~ lt < gt >
`);

/** Signs between two things: blanks on both sides, or on neither. */
export const OPERATORS = listPairs(`
  times × cdot · div ÷ pm ± mp ∓ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ cup ∪ cap ∩ setminus ∖ wedge ∧
  land ∧ vee ∨ lor ∨ leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈
  sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ prec ≺ succ ≻ preceq ⪯ succeq ⪰ in ∈ notin ∉ ni ∋ subset ⊂
  supset ⊃ subseteq ⊆ supseteq ⊇ to → rightarrow → longrightarrow → leftarrow ← gets ← mapsto ↦
  leftrightarrow ↔ Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ uparrow ↑ downarrow ↓
  xrightarrow → xleftarrow ← rightharpoonup ⇀ hookrightarrow ↪ mid | parallel ∥ perp ⊥ models ⊨
  vdash ⊢ coloneqq ≔ triangleq ≜ doteq ≐ lesssim ≲ gtrsim ≳ mod mod bmod mod
`);

/** What changes only how its argument looks. */
export const STYLES: ReadonlySet<string> = new Set(
  `text textrm textbf textit texttt textsf textnormal textsc emph mathrm mathbf mathit mathsf mathtt
   mathcal mathscr mathfrak mathnormal boldsymbol bm bf rm it tt sf cal mbox hbox
   mathop mathbin mathrel mathord ensuremath underbrace overbrace underline boxed
   smash`.split(/\s+/),
);

/** What only places things. */
export const LAYOUT: ReadonlySet<string> = new Set(
  `left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle
   textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag centering hfill
   hline mathstrut`.split(/\s+/),
);

/** What takes an argument that nobody reads. */
export const UNREAD: ReadonlySet<string> = new Set(
  'begin end label tag hspace vspace color textcolor ref eqref cite phantom hphantom vphantom'.split(
    ' ',
  ),
);

/** Blanks of any width. */
export const BLANKS: ReadonlySet<string> = new Set([
  ...[',', ';', ':', '>', ' ', '\t', '\n'],
  ...'quad qquad enspace thinspace medspace thickspace space'.split(' '),
]);

/** Signs over a letter, as combining characters. */
export const ACCENTS = listPairs(`
  hat \u0302 widehat \u0302 tilde \u0303 widetilde \u0303 bar \u0304 overline \u0304 dot \u0307
  ddot \u0308 vec \u20d7 overrightarrow \u20d7 check \u030c breve \u0306 acute \u0301 grave \u0300
`);

/** Letters of the blackboard. */
export const BLACKBOARD = listPairs('C ℂ E 𝔼 F 𝔽 H ℍ I 𝕀 N ℕ P ℙ Q ℚ R ℝ S 𝕊 T 𝕋 V 𝕍 Z ℤ 1 𝟙');

function pairCharacters(plain: string, raised: string): ReadonlyMap<string, string> {
  const others = [...raised];
  return new Map([...plain].map((character, i) => [character, others[i] ?? '']));
}

/** Characters that Unicode has as superscripts. */
export const SUPERSCRIPTS = pairCharacters(
  '0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθ⊤′*†‡∘°',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿᵀ′*†‡°°',
);

/** Characters that Unicode has as subscripts. */
export const SUBSCRIPTS = pairCharacters(
  '0123456789+-−=()aehijklmnoprstuvxβγρφχ',
  '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ',
);
