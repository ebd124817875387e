#include "ui/review/export_summary.h"

#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/common/time_text.h"

#include <QGridLayout>
#include <QLabel>
#include <algorithm>

namespace leedswatch::ui {
namespace {

using theme::LabelKind;

// Pictures reach the disk with their group: a camera that sends a key frame more seldom than this is misconfigured.
constexpr std::chrono::seconds inHand{15};

QString timeWithDate(base::UtcTime time) {
    return instantText(time) + QStringLiteral("<br><span style='color:%1'>%2</span>")
                                   .arg(palette::textDim.name(), toQt(base::formatLocalDate(time)));
}

std::uint64_t estimatedBytes(const video::RecordedTimeline& timeline, video::TimeRange range) {
    double bytes = 0;
    double rate = 0;  // of the last finished one, for the one in hand
    for (const auto& segment : timeline.segments()) {
        const auto length = static_cast<double>((segment.end - segment.begin).count());
        const auto part =
            static_cast<double>((std::min(segment.end, range.end) - std::max(segment.begin, range.begin)).count());
        if (segment.finished && length > 0) {
            rate = static_cast<double>(segment.finished->bytes) / length;
        }
        bytes += part > 0 ? rate * part : 0;
    }
    return static_cast<std::uint64_t>(bytes);
}

}  // namespace

std::vector<video::Gap> missingIn(const video::RecordedTimeline& timeline, video::TimeRange range) {
    std::vector<video::Gap> missing;
    base::UtcTime covered = range.begin;
    const auto causeOf = [&](video::TimeRange gap) -> std::string {
        if (const auto known = timeline.gapAt(gap.begin + (gap.end - gap.begin) / 2)) {
            return known->cause;
        }
        const auto& segments = timeline.segments();
        const bool isGrowing = !segments.empty() && !segments.back().finished;
        return isGrowing && gap.begin >= segments.back().end && gap.end <= segments.back().end + inHand
                   ? "not on the disk yet"
                   : "nothing is recorded";
    };
    const auto add = [&](base::UtcTime end) {
        if (end - covered > base::Microseconds{120'000}) {
            missing.push_back({{covered, end}, causeOf({covered, end})});
        }
    };
    for (const video::TimeRange& run : timeline.recorded()) {
        if (run.end <= range.begin || run.begin >= range.end) {
            continue;
        }
        add(run.begin);
        covered = std::max(covered, run.end);
    }
    add(range.end);
    return missing;
}

QString sizeText(std::uint64_t bytes) {
    return bytes < 1'000'000
               ? QStringLiteral("%1 kB").arg((bytes + 999) / 1000)
               : QStringLiteral("%1 MB").arg(static_cast<double>(bytes) / 1e6, 0, 'f', bytes < 100'000'000 ? 1 : 0);
}

ExportSummary::ExportSummary(QWidget* parent)
    : QWidget{parent},
      m_camera{theme::makeText(LabelKind::Body, this)},
      m_from{theme::makeText(LabelKind::Number, this)},
      m_to{theme::makeText(LabelKind::Number, this)},
      m_covered{theme::makeText(LabelKind::Body, this)},
      m_missing{theme::makeText(LabelKind::Body, this)},
      m_size{theme::makeText(LabelKind::Body, this)} {
    auto* grid = new QGridLayout{this};
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    auto add = [&, n = 0](const QString& name, QWidget* value) mutable {
        auto* label = theme::makeText(LabelKind::Dim, this, name);
        label->setWordWrap(false);
        grid->addWidget(label, n, 0, Qt::AlignTop);
        grid->addWidget(value, n++, 1);
    };
    add(QStringLiteral("Camera"), m_camera);
    add(QStringLiteral("From"), m_from);
    add(QStringLiteral("To"), m_to);
    add(QStringLiteral("There"), m_covered);
    add(QStringLiteral("Missing"), m_missing);
    add(QStringLiteral("Size"), m_size);
}

void ExportSummary::setCamera(const estate::Camera& camera) {
    m_camera->setText(QStringLiteral("%1  %2").arg(camera.number).arg(toQt(camera.name)));
}

void ExportSummary::showRange(const std::optional<video::TimeRange>& range, const video::RecordedTimeline* timeline) {
    m_from->setText(range ? timeWithDate(range->begin) : QStringLiteral("Press I on the first picture"));
    m_to->setText(range ? timeWithDate(range->end) : QStringLiteral("Press O behind the last picture"));
    m_hasFootage = false;
    if (!range || timeline == nullptr) {
        for (QLabel* label : {m_covered, m_missing, m_size}) {
            label->setText(QStringLiteral("–"));
        }
        return;
    }
    const auto missing = missingIn(*timeline, *range);
    const base::Microseconds whole = range->end - range->begin;
    base::Microseconds covered = whole;
    for (const auto& gap : missing) {
        covered -= gap.range.end - gap.range.begin;
    }
    m_hasFootage = covered > base::Microseconds{0};
    m_covered->setText(m_hasFootage ? QStringLiteral("%1 of %2").arg(durationText(covered), durationText(whole))
                                    : QStringLiteral("Nothing of it is recorded"));
    const std::uint64_t bytes = estimatedBytes(*timeline, *range);
    m_size->setText(!m_hasFootage ? QStringLiteral("–")
                    : bytes == 0  ? QStringLiteral("not known before the first minute is whole")
                                  : QStringLiteral("about %1").arg(sizeText(bytes)));
    showMissing(missing);
}

void ExportSummary::showMissing(const std::vector<video::Gap>& missing) {
    if (missing.empty()) {
        m_missing->setText(QStringLiteral("Nothing"));
        return;
    }
    QStringList lines;
    for (const auto& gap : missing) {
        if (lines.size() == 4) {
            lines.append(QStringLiteral("and %1 more").arg(missing.size() - 4));
            break;
        }
        lines.append(QStringLiteral("<span style='color:%1'>%2</span> from %3:<br>%4")
                         .arg(palette::red.lighter(115).name(), durationText(gap.range.end - gap.range.begin),
                              toQt(base::formatLocalTimeOfDay(gap.range.begin)), toQt(gap.cause).toHtmlEscaped()));
    }
    m_missing->setText(lines.join(QStringLiteral("<br>")));
}

}  // namespace leedswatch::ui
