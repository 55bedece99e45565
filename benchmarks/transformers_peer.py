"""The usual way to run the same student: torch, transformers, float32, beam search.

Reads lines on stdin, writes one paraphrase a line; the side to compare with.

    python benchmarks/transformers_peer.py STUDENT_DIR < FILE
"""

import sys

import sentencepiece
import torch
from transformers import BartForConditionalGeneration

BEAM_SIZE = 5
CODES = "<lex2>", "<ord1>", "<len1>"


def main() -> None:
    """Paraphrase stdin line by line."""
    directory = sys.argv[1]
    model = BartForConditionalGeneration.from_pretrained(directory, dtype=torch.float32).eval()
    pieces = sentencepiece.SentencePieceProcessor(model_file=f"{directory}/spm.model")
    codes = [pieces.piece_to_id(code) for code in CODES]
    end = model.config.eos_token_id
    for line in sys.stdin:
        source = torch.tensor([[*codes, *pieces.encode(line.strip()), end]])
        with torch.inference_mode():
            output = model.generate(source, num_beams=BEAM_SIZE, max_new_tokens=source.shape[1] + 8)
        ids = [i for i in output[0].tolist() if i not in (end, model.config.pad_token_id)]
        print(pieces.decode(ids), flush=True)


if __name__ == "__main__":
    main()
