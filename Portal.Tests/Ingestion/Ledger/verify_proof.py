"""Checks a proof without any of the portal's code. Usage: verify_proof.py PROOF MESSAGE KEY. Exit status 0 when it holds."""
import base64, hashlib, os, subprocess, sys, tempfile


def sha(data):
    return hashlib.sha256(data).digest()


def root_of(leaf, index, size, path):
    """RFC 9162, 2.1.3.2."""
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            r = sha(b"\x01" + p + r)
            while not fn & 1 and fn:
                fn >>= 1
                sn >>= 1
        else:
            r = sha(b"\x01" + r + p)
        fn >>= 1
        sn >>= 1
    return r if sn == 0 else None


def main(proof, message, key):
    name, key_id, public = key.strip().split("+", 2)
    raw = base64.b64decode(public)
    assert raw[:1] == b"\x01" and sha(name.encode() + b"\n" + raw)[:4].hex() == key_id, "the key's id is wrong"
    head, note = proof.split("\n\n", 1)
    lines = head.split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1", "no proof"
    record = base64.b64decode(lines[1].removeprefix("extra "))
    index = int(lines[2].removeprefix("index "))
    path = [base64.b64decode(line) for line in lines[3:]]
    text, signatures = note.split("\n\n", 1)
    text += "\n"
    origin, size, root = text.split("\n")[:3]
    assert origin == name, "another log"
    signature = next(line for line in signatures.splitlines() if line.startswith("— " + name + " "))
    blob = base64.b64decode(signature.rsplit(" ", 1)[1])
    assert blob[:4].hex() == key_id, "another key"
    with tempfile.TemporaryDirectory() as folder:
        files = {"pub": bytes.fromhex("302a300506032b6570032100") + raw[1:], "sig": blob[4:], "text": text.encode()}
        for file, content in files.items():
            with open(os.path.join(folder, file), "wb") as out:
                out.write(content)
        ask = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "pub", "-rawin", "-in", "text", "-sigfile", "sig"]
        assert subprocess.run(ask, cwd=folder, capture_output=True).returncode == 0, "the signature is wrong"
    assert root_of(sha(b"\x00" + record), index, int(size), path) == base64.b64decode(root), "the leaf does not lead to the root"
    assert record.decode().split("\n")[3] == hashlib.sha256(message).hexdigest(), "the message is another"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as p, open(sys.argv[2], "rb") as m:
        try:
            main(p.read(), m.read(), sys.argv[3])
        except AssertionError as wrong:
            sys.exit(str(wrong))
