"""Writes the small tokenizers of the module `tokenizers`, with the ids and texts that the Python library gives:

    small.py tokenizers/src/test/resources/dev/swax/tokenizers
"""
import json, sys, random
from tokenizers import Tokenizer, models, pre_tokenizers, decoders, trainers, normalizers, processors, AddedToken
out = sys.argv[1]
corpus = [
 "The lamp on the shore burns low, and the boats come home in the dark.",
 "A boat that comes home is counted twice; a boat that does not is counted once.",
 "She said: \"don't count me\", and they didn't. He isn't here; we've gone.",
 "Les bateaux rentrent à l'aube, où la mer est calme. Ça va déjà mieux.",
 "Die Boote kehren heim; über dem Hafen hängt Nebel. Größe zählt nicht.",
 "for i in range(10):\n    print(i, i * i)\n\nwhile x < 3:\n\tx += 1\n",
 "日本の港に船が帰る。灯台の光が見える。",
 "Лодки возвращаются домой, и свет горит низко.",
 "0123456789 3.14 100% #tag @name a_b-c/d\\e {x: [1, 2]} 😀🚢",
] * 4
texts = ["", " ", "a", "The boats come home.", "  two  blanks  ", "don't count 'em, we've 100% of it!", "à l'aube où Ça é é",
 "tab\tand\nlines\r\n\n\nend", "日本の船😀👍🏽 ω ﷺ \u200d ", "<s> and </s> are <mask>, [CLS] x [SEP] <|end|> not", "\u0000zero", "naïve ﬁancée ①②", "x " * 9, "boat" * 20,
 "a . b , c ! d ? n't", "▁under Ġgee ##hash"]
def finish(name, tok, text_stays_text=True):
    # text_stays_text: False where the library finds special tokens in text even if it is told not to
    tok.save(f"{out}/{name}.json", pretty=False)
    tok = Tokenizer.from_file(f"{out}/{name}.json")
    cases = []
    rng = random.Random(7)
    tok.encode_special_tokens = True
    rand = ["".join(chr(rng.choice([rng.randrange(32, 127), rng.randrange(0xa0, 0x250), rng.randrange(0x3040, 0x30ff), rng.randrange(0x1f600, 0x1f650)])) for _ in range(rng.randrange(1, 24))) for _ in range(8)]
    for t in texts + rand:
        if "<s>" in t and not text_stays_text:
            continue
        ids = tok.encode(t, add_special_tokens=False).ids
        cases.append({"text": t, "ids": ids, "whole": tok.decode(ids, skip_special_tokens=False), "shown": tok.decode(ids, skip_special_tokens=True)})
    tok.encode_special_tokens = False
    asked = [{"text": t, "ids": tok.encode(t, add_special_tokens=False).ids, "around": tok.encode(t, add_special_tokens=True).ids} for t in texts[3:10]]
    n = tok.get_vocab_size()
    decoded = []
    for _ in range(24):
        ids = [rng.randrange(n) for _ in range(rng.randrange(1, 16))]
        decoded.append({"ids": ids, "whole": tok.decode(ids, skip_special_tokens=False), "shown": tok.decode(ids, skip_special_tokens=True)})
    json.dump({"encoded": cases, "asked": asked, "decoded": decoded}, open(f"{out}/{name}.expected.json", "w"), ensure_ascii=False, separators=(",", ":"))
def added(*names): return [AddedToken(n, special=True, normalized=False) for n in names]
# byte-level BPE, as GPT-2 and Llama 3
t = Tokenizer(models.BPE()); t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False); t.decoder = decoders.ByteLevel()
t.train_from_iterator(corpus, trainers.BpeTrainer(vocab_size=330, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
t.add_special_tokens(added("<|begin|>", "<|end|>")); t.add_tokens(["<think>"]); t.add_special_tokens(added("<|pad|>"))
t.post_processor = processors.TemplateProcessing(single="<|begin|> $A", special_tokens=[("<|begin|>", t.token_to_id("<|begin|>"))])
finish("byte_level", t)
# SentencePiece BPE with bytes, as Llama 2 (prefix) and Gemma (none)
def sentence(name, prefix):
    chars = sorted({c for line in corpus for c in line.replace(" ", "▁")} - set("😀🚢日本光"))
    t = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    t.normalizer = normalizers.Sequence(([normalizers.Prepend("▁")] if prefix else []) + [normalizers.Replace(" ", "▁")])
    tr = trainers.BpeTrainer(vocab_size=380, special_tokens=["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)], show_progress=False, max_token_length=6)
    t.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never")
    t.train_from_iterator(corpus, tr); t.pre_tokenizer = None
    d = json.loads(t.to_str()); d["added_tokens"] = [a for a in d["added_tokens"] if a["id"] < 3]
    t = Tokenizer.from_str(json.dumps(d))
    steps = [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()] + ([decoders.Strip(" ", 1, 0)] if prefix else [])
    t.decoder = decoders.Sequence(steps)
    t.post_processor = processors.TemplateProcessing(single="<s> $A </s>" if not prefix else "<s> $A", special_tokens=[("<s>", 1), ("</s>", 2)])
    finish(name, t)
sentence("sentence_prefixed", True); sentence("sentence_plain", False)
# Unigram with Metaspace, as T5 and XLM-R
t = Tokenizer(models.Unigram()); t.normalizer = normalizers.NFKC(); t.pre_tokenizer = pre_tokenizers.Metaspace(); t.decoder = decoders.Metaspace()
t.train_from_iterator(corpus, trainers.UnigramTrainer(vocab_size=200, special_tokens=["<s>", "</s>", "<unk>", "<mask>"], unk_token="<unk>", show_progress=False))
t.post_processor = processors.RobertaProcessing(("</s>", 1), ("<s>", 0))
finish("unigram", t, False)
# WordPiece, as BERT
t = Tokenizer(models.WordPiece(unk_token="[UNK]")); t.normalizer = normalizers.BertNormalizer(); t.pre_tokenizer = pre_tokenizers.BertPreTokenizer(); t.decoder = decoders.WordPiece()
t.train_from_iterator(corpus, trainers.WordPieceTrainer(vocab_size=300, special_tokens=["[UNK]", "[CLS]", "[SEP]", "[PAD]"], show_progress=False))
t.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
finish("word_piece", t)
# word ends, as the first GPT
t = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>")); t.normalizer = normalizers.Lowercase(); t.pre_tokenizer = pre_tokenizers.Whitespace(); t.decoder = decoders.BPEDecoder()
t.train_from_iterator(corpus, trainers.BpeTrainer(vocab_size=220, special_tokens=["<unk>"], end_of_word_suffix="</w>", show_progress=False))
finish("word_end", t)
# words, no decoder
t = Tokenizer(models.WordLevel(unk_token="<unk>")); t.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
t.train_from_iterator(corpus, trainers.WordLevelTrainer(vocab_size=80, special_tokens=["<unk>", "<s>", "</s>"], show_progress=False))
finish("words", t, False)
