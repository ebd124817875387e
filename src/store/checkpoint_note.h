#pragma once

#include "base/hash.h"
#include "base/result.h"
#include "store/signing_key.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Checkpoints as C2SP writes them (tlog-checkpoint, signed-note): texts that other tools can read and check.

namespace leedswatch::store {

/// What is signed: that the log of this name had this root when it had this many events.
struct Checkpoint {
    std::string origin;
    std::int64_t size = 0;
    base::Sha256Digest root{};
    bool operator==(const Checkpoint&) const = default;
};

struct NoteSignature {
    std::string name;
    std::string keyId;      ///< 4 bytes
    std::string signature;  ///< without the key id in front
};

struct SignedCheckpoint {
    Checkpoint checkpoint;
    std::string text;  ///< the bytes that were signed, with the last line's end
    std::vector<NoteSignature> signatures;
};

/// The note: the text, an empty line, our signature line. The key's name is the origin.
[[nodiscard]] std::string signCheckpoint(const Checkpoint& checkpoint, const SigningKey& key);

/// Reads a note, whoever signed it. Error: InvalidInput, with the line that is wrong.
[[nodiscard]] base::Result<SignedCheckpoint> parseCheckpoint(std::string_view note);

/// Whether one of the signatures is this key's under the note's own origin, and right.
[[nodiscard]] bool isSignedBy(const SignedCheckpoint& note, const VerifyingKey& key);

}  // namespace leedswatch::store
