#include "transcode/work_state_json.h"

extern "C" {
#include <libavutil/avutil.h>
}

#include <algorithm>

namespace leedswatch::transcode {
namespace {

using nlohmann::json;

// Pieces fit together only if the same version of everything made them.
std::string makersOfPieces() {
    return std::string{"1 with FFmpeg "} + av_version_info();
}

base::Sha256Digest digestFrom(const json& text) {
    const auto bytes = base::fromHex(text.get<std::string>());
    base::Sha256Digest digest{};
    if (!bytes || bytes->size() != digest.size()) {
        throw std::invalid_argument{"not a SHA-256"};
    }
    std::ranges::copy(*bytes, digest.begin());
    return digest;
}

json toJson(const Survey& survey) {
    json stretches = json::array();
    for (const Stretch& stretch : survey.stretches) {
        stretches.push_back({stretch.begin, static_cast<int>(stretch.order)});
    }
    json sizes = json::array();
    for (const PictureSize& size : survey.sizes) {
        sizes.push_back({size.begin, size.width, size.height});
    }
    const Borders& borders = survey.borders;
    const Damage& damage = survey.damage;
    return {{"bytes", survey.bytes},
            {"sha256", base::toHex(survey.sha256)},
            {"container", survey.container},
            {"codec", survey.codec},
            {"pictures", survey.pictures},
            {"flagged_interlaced", survey.flaggedInterlaced},
            {"time_base", {survey.timeBase.num, survey.timeBase.den}},
            {"step", survey.step},
            {"pixel_aspect", {survey.pixelAspect.num, survey.pixelAspect.den}},
            {"sizes", sizes},
            {"stretches", stretches},
            {"votes", {survey.votes.progressive, survey.votes.topFirst, survey.votes.bottomFirst}},
            {"borders", {borders.left, borders.right, borders.top, borders.bottom}},
            {"damage", {damage.refusedPackets, damage.damagedPictures, damage.mendedTimes, damage.end}}};
}

Survey surveyFrom(const json& text) {
    Survey survey;
    survey.bytes = text.at("bytes");
    survey.sha256 = digestFrom(text.at("sha256"));
    survey.container = text.at("container");
    survey.codec = text.at("codec");
    survey.pictures = text.at("pictures");
    survey.flaggedInterlaced = text.at("flagged_interlaced");
    survey.timeBase = {text.at("time_base").at(0), text.at("time_base").at(1)};
    survey.step = text.at("step");
    survey.pixelAspect = {text.at("pixel_aspect").at(0), text.at("pixel_aspect").at(1)};
    for (const json& size : text.at("sizes")) {
        survey.sizes.push_back({size.at(0), size.at(1), size.at(2)});
    }
    for (const json& stretch : text.at("stretches")) {
        survey.stretches.push_back({stretch.at(0), static_cast<FieldOrder>(stretch.at(1).get<int>())});
    }
    survey.votes = {text.at("votes").at(0), text.at("votes").at(1), text.at("votes").at(2)};
    const json& borders = text.at("borders");
    survey.borders = {borders.at(0), borders.at(1), borders.at(2), borders.at(3)};
    const json& damage = text.at("damage");
    survey.damage = {damage.at(0), damage.at(1), damage.at(2), damage.at(3)};
    return survey;
}

TranscodeOptions optionsFrom(const json& text) {
    TranscodeOptions options;
    options.rate = text.at("full_rate").get<bool>() ? FieldRate::Full : FieldRate::Half;
    options.isDenoised = text.at("denoised");
    options.isCropped = text.at("cropped");
    options.quality = text.at("quality");
    options.preset = text.at("preset");
    options.piecePictures = text.at("piece_pictures");
    return options;
}

}  // namespace

json toJson(const WorkState& state) {
    json pieces = json::array();
    for (const Piece& piece : state.pieces) {
        pieces.push_back({{"begin", piece.begin},
                          {"end", piece.end},
                          {"pictures", piece.pictures},
                          {"sha256", base::toHex(piece.sha256)}});
    }
    return {{"made_by", makersOfPieces()},
            {"options",
             {{"full_rate", state.options.rate == FieldRate::Full},
              {"denoised", state.options.isDenoised},
              {"cropped", state.options.isCropped},
              {"quality", state.options.quality},
              {"preset", state.options.preset},
              {"piece_pictures", state.options.piecePictures}}},
            {"survey", toJson(state.survey)},
            {"pieces", pieces}};
}

std::optional<WorkState> workStateFrom(const std::string& text) {
    try {
        const json document = json::parse(text);
        if (document.at("made_by") != makersOfPieces()) {
            return std::nullopt;
        }
        WorkState state{optionsFrom(document.at("options")), surveyFrom(document.at("survey")), {}};
        for (const json& piece : document.at("pieces")) {
            state.pieces.push_back(
                {piece.at("begin"), piece.at("end"), piece.at("pictures"), digestFrom(piece.at("sha256"))});
        }
        const Survey& survey = state.survey;
        const bool isWhole = survey.timeBase.num > 0 && survey.timeBase.den > 0 && !survey.sizes.empty() &&
                             !survey.stretches.empty() && survey.step > 0;
        return isWhole ? std::optional{std::move(state)} : std::nullopt;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

}  // namespace leedswatch::transcode
