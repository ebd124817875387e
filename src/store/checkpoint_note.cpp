#include "store/checkpoint_note.h"

#include <algorithm>
#include <charconv>

namespace leedswatch::store {
namespace {

constexpr std::string_view kSignatureStart = "\xe2\x80\x94 ";  // an em dash and a space
constexpr std::size_t kNoteKeyIdBytes = 4;
constexpr std::size_t kLongestNote = 64U << 10U;
constexpr std::size_t kMostSignatures = 100;

tl::unexpected<base::Error> refuse(const std::string& what) {
    return base::fail(base::ErrorCode::InvalidInput, "this is not a checkpoint: " + what);
}

std::string textOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string checkpointText(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + base::toBase64(checkpoint.root) + "\n";
}

/// The line at the front, without its end; nothing if there is no whole line.
bool takeLine(std::string_view& rest, std::string_view& line) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) {
        return false;
    }
    line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return true;
}

base::Result<Checkpoint> parseText(std::string_view text) {
    Checkpoint checkpoint;
    std::string_view line;
    if (!takeLine(text, line) || line.empty()) {
        return refuse("its first line must name the log");
    }
    checkpoint.origin = line;
    if (!takeLine(text, line)) {
        return refuse("its second line must be the number of events");
    }
    const auto* end = line.data() + line.size();
    const auto [rest, failed] = std::from_chars(line.data(), end, checkpoint.size);
    if (failed != std::errc{} || rest != end || checkpoint.size < 0 || std::to_string(checkpoint.size) != line) {
        return refuse("its second line must be the number of events");
    }
    if (!takeLine(text, line)) {
        return refuse("its third line must be the root hash in base64");
    }
    const auto root = base::fromBase64(line);
    if (!root || root->size() != checkpoint.root.size() || base::toBase64(*root) != line) {
        return refuse("its third line must be the root hash in base64");
    }
    std::copy(root->begin(), root->end(), checkpoint.root.begin());
    // Lines that follow are extensions of others: signed with the rest, and no business of ours.
    return checkpoint;
}

base::Result<NoteSignature> parseSignature(std::string_view line) {
    const auto space = line.find(' ', kSignatureStart.size());
    if (line.substr(0, kSignatureStart.size()) != kSignatureStart || space == std::string_view::npos ||
        space == kSignatureStart.size()) {
        return refuse("a signature line must be a dash, the key's name and the signature");
    }
    NoteSignature signature;
    signature.name = line.substr(kSignatureStart.size(), space - kSignatureStart.size());
    const auto bytes = base::fromBase64(line.substr(space + 1));
    if (!bytes || bytes->size() <= kNoteKeyIdBytes) {
        return refuse("the signature of " + signature.name.substr(0, 80) + " is not base64");
    }
    const auto text = textOf(*bytes);
    signature.keyId = text.substr(0, kNoteKeyIdBytes);
    signature.signature = text.substr(kNoteKeyIdBytes);
    return signature;
}

}  // namespace

std::string signCheckpoint(const Checkpoint& checkpoint, const SigningKey& key) {
    const auto text = checkpointText(checkpoint);
    const auto signature = key.verifyingKey().idFor(checkpoint.origin) + key.sign(text);
    return text + "\n" + std::string{kSignatureStart} + checkpoint.origin + " " +
           base::toBase64(std::as_bytes(std::span{signature})) + "\n";
}

base::Result<SignedCheckpoint> parseCheckpoint(std::string_view note) {
    if (note.size() > kLongestNote) {
        return refuse("it is longer than 64 KiB");
    }
    if (std::any_of(note.begin(), note.end(),
                    [](unsigned char character) { return character < 0x20 && character != '\n'; })) {
        return refuse("it holds control characters");
    }
    // The signatures stand behind the last empty line.
    const auto separator = note.rfind("\n\n");
    if (separator == std::string_view::npos) {
        return refuse("there is no empty line before the signatures");
    }
    SignedCheckpoint result;
    result.text = note.substr(0, separator + 1);
    TRY_ASSIGN(result.checkpoint, parseText(result.text));
    auto rest = note.substr(separator + 2);
    std::string_view line;
    while (takeLine(rest, line)) {
        if (result.signatures.size() == kMostSignatures) {
            return refuse("it has more than 100 signatures");
        }
        TRY_ASSIGN(auto signature, parseSignature(line));
        result.signatures.push_back(std::move(signature));
    }
    if (!rest.empty() || result.signatures.empty()) {
        return refuse("its signature line is missing or cut off");
    }
    return result;
}

bool isSignedBy(const SignedCheckpoint& note, const VerifyingKey& key) {
    const auto id = key.idFor(note.checkpoint.origin);
    return std::any_of(note.signatures.begin(), note.signatures.end(), [&](const auto& signature) {
        return signature.name == note.checkpoint.origin && signature.keyId == id &&
               key.verify(note.text, signature.signature);
    });
}

}  // namespace leedswatch::store
