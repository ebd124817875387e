#include "store/checkpoint_note.h"

#include "store/key_folder.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>

using namespace leedswatch;
using leedswatch::tests::TemporaryFolder;

namespace {

store::Checkpoint exampleCheckpoint() {
    return {"leedswatch/test/audit/1", 7, base::sha256(std::string_view{"root"})};
}

TEST(CheckpointNote, ASignedNoteIsReadBackAndItsSignatureHolds) {
    const auto key = store::SigningKey::generate().value();
    const auto note = store::parseCheckpoint(store::signCheckpoint(exampleCheckpoint(), key));
    ASSERT_TRUE(note) << note.error().message;
    EXPECT_EQ(note->checkpoint, exampleCheckpoint());
    EXPECT_TRUE(store::isSignedBy(*note, key.verifyingKey()));
    EXPECT_FALSE(store::isSignedBy(*note, store::SigningKey::generate()->verifyingKey()));
}

TEST(CheckpointNote, AChangedDigitBreaksTheSignature) {
    const auto key = store::SigningKey::generate().value();
    auto text = store::signCheckpoint(exampleCheckpoint(), key);
    text.replace(text.find("\n7\n"), 3, "\n8\n");
    const auto note = store::parseCheckpoint(text);
    ASSERT_TRUE(note);
    EXPECT_FALSE(store::isSignedBy(*note, key.verifyingKey()));
}

TEST(CheckpointNote, WitnessesMayAddTheirSignatures) {
    const auto key = store::SigningKey::generate().value();
    const auto text = store::signCheckpoint(exampleCheckpoint(), key) + "\xe2\x80\x94 witness.example AAAAAAAAAAAA\n";
    const auto note = store::parseCheckpoint(text);
    ASSERT_TRUE(note) << note.error().message;
    EXPECT_EQ(note->signatures.size(), 2U);
    EXPECT_TRUE(store::isSignedBy(*note, key.verifyingKey()));
}

TEST(CheckpointNote, WhatIsNoCheckpointIsRefusedInOneSentence) {
    const auto good = store::signCheckpoint(exampleCheckpoint(), store::SigningKey::generate().value());
    const std::vector<std::string> wrong{
        "",
        "\n",
        "\n\n\n",
        good.substr(0, good.size() - 1),
        good.substr(0, good.size() / 2),
        "origin\n-1\n" + good.substr(good.find("\n7\n") + 3),
        "origin\n07\n" + good.substr(good.find("\n7\n") + 3),
        "origin\n99999999999999999999\n" + good.substr(good.find("\n7\n") + 3),
        "origin\n7\nnot base64\n\n\xe2\x80\x94 x AAAAAAAA\n",
        good + "no dash here\n",
        std::string(70'000, 'x'),
        std::string{"origin\0\n7\n", 10} + good,
    };
    for (const auto& text : wrong) {
        const auto note = store::parseCheckpoint(text);
        ASSERT_FALSE(note) << text.substr(0, 200);
        EXPECT_EQ(note.error().code, base::ErrorCode::InvalidInput);
        EXPECT_EQ(note.error().message.find('\n'), std::string::npos);
    }
}

TEST(AuditKey, IsMadeOnceAndForItsOwnerOnly) {
    const TemporaryFolder folder;
    const auto first = store::openOrCreateAuditKey(folder.path());
    ASSERT_TRUE(first) << first.error().message;
    const auto second = store::openOrCreateAuditKey(folder.path());
    EXPECT_EQ(first->privatePem(), second->privatePem());
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(folder / "keys/audit.key").permissions(), perms::owner_read | perms::owner_write);
    EXPECT_EQ(std::filesystem::status(folder / "keys").permissions(), perms::owner_all);
}

TEST(AuditKey, AMissingOrForeignHalfIsNotReplaced) {
    const TemporaryFolder folder;
    ASSERT_TRUE(store::openOrCreateAuditKey(folder.path()));
    std::filesystem::rename(folder / "keys/audit.key", folder / "kept");
    EXPECT_EQ(store::openOrCreateAuditKey(folder.path()).error().code, base::ErrorCode::NotFound);
    const store::KeyFolder keys{folder.path()};
    ASSERT_TRUE(keys.create("audit.key", store::SigningKey::generate()->privatePem()));
    EXPECT_EQ(store::openAuditKey(folder.path()).error().code, base::ErrorCode::Damaged);
}

TEST(SealingKey, OpensOnlyWhatItSealedAndOnlyWhereItBelongs) {
    const TemporaryFolder folder;
    const auto key = store::SealingKey::openOrCreate(folder.path(), "cameras.key").value();
    const auto sealed = key.seal("secret", "camera 1");
    EXPECT_EQ(sealed.find("secret"), std::string::npos);
    EXPECT_EQ(key.unseal(sealed, "camera 1").value(), "secret");
    EXPECT_EQ(key.unseal(sealed, "camera 2").error().code, base::ErrorCode::Damaged);
    EXPECT_EQ(key.unseal("rubbish", "camera 1").error().code, base::ErrorCode::Damaged);
    const auto again = store::SealingKey::openOrCreate(folder.path(), "cameras.key").value();
    EXPECT_EQ(again.unseal(sealed, "camera 1").value(), "secret");
}

}  // namespace
