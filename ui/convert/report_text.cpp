#include "ui/convert/report_text.h"

#include "ui/common/palette.h"
#include "ui/common/text.h"

#include <nlohmann/json.hpp>

#include <QLocale>
#include <QStringList>

namespace leedswatch::ui {

namespace {

using nlohmann::json;

/// What is at the pointer, or what stands for nothing: it has been on a disk.
template <typename Value>
Value at(const json& report, const char* pointer, Value nothing) {
    try {
        return report.value(json::json_pointer{pointer}, nothing);
    } catch (const json::exception&) {
        return nothing;
    }
}

QString text(const json& report, const char* pointer) {
    return toQt(at(report, pointer, std::string{}));
}

std::int64_t count(const json& report, const char* pointer) {
    return at(report, pointer, std::int64_t{0});
}

QString counted(std::int64_t number, const char* one, const char* many) {
    return QStringLiteral("%1 %2").arg(withThousands(number), QString::fromLatin1(number == 1 ? one : many));
}

QString sizeOf(const json& report, const char* pointer) {
    return QLocale{QLocale::English, QLocale::UnitedKingdom}.formattedDataSize(count(report, pointer), 1,
                                                                               QLocale::DataSizeSIFormat);
}

QString durationOf(double seconds) {
    const auto whole = static_cast<qint64>(seconds + 0.5);
    return QStringLiteral("%1:%2:%3")
        .arg(whole / 3600)
        .arg(whole / 60 % 60, 2, 10, QLatin1Char{'0'})
        .arg(whole % 60, 2, 10, QLatin1Char{'0'});
}

class Page {
public:
    void heading(const char* title) {
        m_html += QStringLiteral("<h3 style='margin-top:16px;margin-bottom:4px'>%1</h3>").arg(QLatin1String{title});
    }
    void line(const QString& words, const QColor& colour = palette::text) {
        m_html += QStringLiteral("<p style='margin:2px 0;color:%1'>%2</p>").arg(colour.name(), words.toHtmlEscaped());
    }
    void hash(const QString& value) {
        m_html += QStringLiteral("<p style='margin:2px 0;font-family:\"DejaVu Sans Mono\",monospace'>%1</p>")
                      .arg(value.toHtmlEscaped());
    }
    [[nodiscard]] const QString& html() const { return m_html; }

private:
    QString m_html;
};

/// As transcode::nameOf has it, with the word that people know.
QString kindOf(const QString& fields) {
    return fields.endsWith(QLatin1String{"first"}) ? QStringLiteral("interlaced, %1").arg(fields) : fields;
}

QString fieldsIn(const json& report) {
    const json stretches = at(report, "/detected/fields", json::array());
    if (stretches.size() == 1 && text(stretches, "/0/fields") == QLatin1String{"unknown"}) {
        return QStringLiteral("Nothing moves in it, so it cannot be told whether it is interlaced.");
    }
    QStringList parts;
    for (const json& stretch : stretches) {
        const QString fields = kindOf(text(stretch, "/fields"));
        parts.append(
            parts.isEmpty()
                ? fields
                : QStringLiteral("from picture %1 on %2").arg(withThousands(count(stretch, "/from_picture")), fields));
    }
    return QStringLiteral("The pictures are %1.").arg(parts.join(QStringLiteral(", ")));
}

void tellSource(Page& page, const json& report) {
    page.heading("The recording");
    page.line(text(report, "/source/file"));
    page.line(QStringLiteral("%1 in %2, %3 × %4, %5, %6")
                  .arg(text(report, "/source/codec"), text(report, "/source/container"))
                  .arg(count(report, "/detected/sizes/0/width"))
                  .arg(count(report, "/detected/sizes/0/height"))
                  .arg(durationOf(at(report, "/source/seconds", 0.0)), sizeOf(report, "/source/bytes")));
}

void tellDetected(Page& page, const json& report) {
    page.heading("What was found");
    page.line(fieldsIn(report));
    const auto flagged = count(report, "/detected/pictures_flagged_interlaced");
    page.line(flagged == 0
                  ? QStringLiteral("The file itself calls none of them interlaced.")
                  : QStringLiteral("The file itself calls %1 of its pictures interlaced.").arg(withThousands(flagged)));
    const json sizes = at(report, "/detected/sizes", json::array());
    if (sizes.size() > 1) {
        page.line(QStringLiteral("Its size changes %1; all of it is shown in the first one.")
                      .arg(counted(static_cast<std::int64_t>(sizes.size()) - 1, "time", "times")));
    }
    if (at(report, "/detected/pixel_aspect_is_assumed", false)) {
        page.line(QStringLiteral("It does not say what shape its pixels have; %1 was taken.")
                      .arg(text(report, "/detected/pixel_aspect")));
    }
}

void tellDone(Page& page, const json& report) {
    page.heading("What was done");
    const bool isDeinterlaced = at(report, "/done/deinterlaced", false);
    const bool isFull = text(report, "/done/rate") == QLatin1String{"full"};
    page.line(isDeinterlaced ? isFull ? QStringLiteral("Each of its fields was made a whole picture.")
                                      : QStringLiteral("Each two of its fields were made one whole picture.")
                             : QStringLiteral("Its pictures were left whole, as they are."));
    if (at(report, "/done/denoised", false)) {
        page.line(QStringLiteral("Noise was lowered a little."));
    }
    if (at(report, "/done/cropped", false)) {
        page.line(
            QStringLiteral("Blanking at the edges was cut off: %1 columns left, %2 right, %3 lines at the top, %4 "
                           "at the bottom.")
                .arg(count(report, "/detected/borders/left"))
                .arg(count(report, "/detected/borders/right"))
                .arg(count(report, "/detected/borders/top"))
                .arg(count(report, "/detected/borders/bottom")));
    }
    const QString sound = text(report, "/done/sound");
    page.line(sound == QLatin1String{"none"} ? QStringLiteral("There is no sound.")
                                             : QStringLiteral("Sound: %1.").arg(sound));
    page.line(QStringLiteral("Encoded as %1.").arg(text(report, "/done/encoder")));
}

void tellPictures(Page& page, const json& report) {
    page.heading("Pictures");
    page.line(QStringLiteral("%1 in, %2 out; the result was read again and counted.")
                  .arg(withThousands(count(report, "/pictures_in")), withThousands(count(report, "/pictures_out"))));
    if (const auto earlier = count(report, "/pictures_made_by_earlier_run"); earlier > 0) {
        page.line(QStringLiteral("It was stopped on the way: the first %1 were made before that.")
                      .arg(withThousands(earlier)));
    }
}

void tellDamage(Page& page, const json& report) {
    page.heading("Damage");
    if (!at(report, "/damage/found", false)) {
        page.line(QStringLiteral("None was found."));
        return;
    }
    const auto tell = [&](const char* pointer, const char* one, const char* many) {
        if (const auto number = count(report, pointer); number > 0) {
            page.line(counted(number, one, many), palette::amber);
        }
    };
    tell("/damage/refused_packets", "packet that could not be decoded", "packets that could not be decoded");
    tell("/damage/damaged_pictures", "picture with faults, shown as it is", "pictures with faults, shown as they are");
    tell("/damage/mended_times", "time that was wrong and was mended", "times that were wrong and were mended");
    if (const QString end = text(report, "/damage/ends_early"); !end.isEmpty()) {
        page.line(QStringLiteral("It ends early: %1").arg(end), palette::amber);
    }
}

void tellResult(Page& page, const json& report) {
    page.heading("The result");
    page.line(text(report, "/result/file"));
    page.line(QStringLiteral("%1 × %2, %3")
                  .arg(count(report, "/result/width"))
                  .arg(count(report, "/result/height"))
                  .arg(sizeOf(report, "/result/bytes")));
    page.heading("Checksums (SHA-256)");
    page.line(QStringLiteral("Of the recording, before and after:"), palette::textDim);
    page.hash(text(report, "/source/sha256"));
    page.line(QStringLiteral("Of the result:"), palette::textDim);
    page.hash(text(report, "/result/sha256"));
}

}  // namespace

QString reportAsHtml(const std::string& report) {
    const json parsed = json::parse(report, nullptr, false);
    Page page;
    if (!parsed.is_object() || !parsed.contains("source")) {
        page.line(QStringLiteral("The report cannot be read. The one beside the result may be whole."), palette::amber);
        return page.html();
    }
    tellSource(page, parsed);
    tellDetected(page, parsed);
    tellDone(page, parsed);
    tellPictures(page, parsed);
    tellDamage(page, parsed);
    tellResult(page, parsed);
    return page.html();
}

}  // namespace leedswatch::ui
